import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import type { ModuleExports } from './import-module.ts';

/** What a person's module and this command must share: two copies would each have a context of their own. */
const SHARED = ['@holon/flow', '@holon/engine', '@holon/engine/events', '@holon/viz'];
const FROM_FILE = 'holon-from-file:';

/** Imports a module through jiti. The packages of Holon come from Node's own loader, as the module itself would get them. */
export async function importTranspiled(file: string): Promise<ModuleExports> {
  const jiti = createJiti(pathToFileURL(file).href, {
    // The exports as they are, without a stand-in for a missing default.
    interopDefault: false,
    jsx: { runtime: 'automatic' },
    tsconfigPaths: true,
    transformOptions: { babel: { plugins: [notMain] } },
    virtualModules: await sharedModules(file),
  });
  return jiti.import<ModuleExports>(file);
}

/** The part of Babel's API that {@link notMain} uses. */
interface Member {
  readonly node: {
    readonly computed: boolean;
    readonly object: { readonly type: string };
    readonly property: { readonly name?: string };
  };
  replaceWith(node: unknown): void;
}

/**
 * A file that is loaded is not the main one, so `import.meta.main` is false. jiti does not know it and
 * would import the whole file from a `data:` URL, where nothing in it has a place any more.
 */
function notMain({ types }: { readonly types: { booleanLiteral(value: boolean): unknown } }): unknown {
  return {
    visitor: {
      MemberExpression: (member: Member) => {
        const { computed, object, property } = member.node;
        if (!computed && object.type === 'MetaProperty' && property.name === 'main')
          member.replaceWith(types.booleanLiteral(false));
      },
    },
  };
}

/** Each shared package that `file` can import, by its specifier. */
async function sharedModules(file: string): Promise<Record<string, unknown>> {
  const parentURL = pathToFileURL(file).href;
  // A dynamic import always resolves from the file it stands in; the hook makes it resolve from the person's.
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier.startsWith(FROM_FILE)
        ? next(specifier.slice(FROM_FILE.length), { ...context, parentURL })
        : next(specifier, context),
  });
  try {
    const found = await Promise.all(
      SHARED.map(async (name) => {
        try {
          return [[name, (await import(`${FROM_FILE}${name}`)) as unknown]] as const;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return [];
          throw error;
        }
      }),
    );
    return Object.fromEntries(found.flat());
  } finally {
    hooks.deregister();
  }
}
