import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { AssetManifest } from './assets.ts';
import { decideAccess } from './guard.ts';
import { LINK_USED_PAGE, LINK_WRONG_PAGE, NO_COOKIE_PAGE, refusedPage } from './message-page.ts';
import { SECURITY_HEADERS } from './response-headers.ts';
import type { LaunchPass } from './token.ts';

type Env = { readonly Bindings: HttpBindings };

export interface HttpOptions {
  readonly assets: AssetManifest;
  readonly pass: LaunchPass;
  readonly port: number;
}

/** All that is answered over plain HTTP: the launch link, and the files of the web app. */
export function createHttpApp({ assets, pass, port }: HttpOptions): Hono<Env> {
  const app = new Hono<Env>();

  app.use(async (context, next) => {
    const launching = tokenIn(context) !== undefined;
    const access = decideAccess({ ...factsOf(context.env.incoming, pass, port), upgrade: false, launching });
    if (access.kind === 'allow') await next();
    else context.res = context.html(access.status === 401 ? NO_COOKIE_PAGE : refusedPage(access.reason), access.status);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.res.headers.set(name, value);
  });

  app.get('*', (context) => {
    const token = tokenIn(context);
    return token === undefined ? file(context, assets) : launch(context, pass, token);
  });

  return app;
}

/** The facts that an HTTP request and a WebSocket's upgrade have in common. */
export function factsOf(request: IncomingMessage, pass: LaunchPass, port: number) {
  const { host = [], origin = [] } = request.headersDistinct;
  return { method: request.method ?? '', host, origin, port, signedIn: pass.isCookieIn(request.headers.cookie) };
}

function tokenIn(context: Context<Env>): string | undefined {
  return context.req.path === '/' ? context.req.query('token') : undefined;
}

/** A `HEAD` uses nothing up: whoever previews links sends one. */
function launch(context: Context<Env>, pass: LaunchPass, token: string): Response {
  context.header('Cache-Control', 'no-store');
  if (pass.isCookieIn(context.env.incoming.headers.cookie)) return context.redirect('/', 303);
  if (context.env.incoming.method === 'HEAD') return context.body(null, 204);
  switch (pass.exchange(token)) {
    case 'granted':
      context.header('Set-Cookie', pass.setCookie);
      return context.redirect('/', 303);
    case 'used':
      return context.html(LINK_USED_PAGE, 403);
    case 'wrong':
      return context.html(LINK_WRONG_PAGE, 403);
  }
}

function file(context: Context<Env>, assets: AssetManifest): Response {
  const asset = assets.get(context.req.path);
  if (asset === undefined) return context.text('There is no such file.', 404);
  return context.body(asset.body, 200, { 'Content-Type': asset.contentType, 'Cache-Control': asset.cacheControl });
}
