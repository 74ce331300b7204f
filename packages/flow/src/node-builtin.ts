const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };

/** One of Node's own modules, without an import, so that the same file loads in a browser: there it is undefined. */
export function nodeBuiltin<Module>(name: `node:${string}`): Module | undefined {
  return process?.getBuiltinModule?.(name) as Module | undefined;
}

/** What is needed of `node:fs`. */
interface Files {
  readFileSync(path: string, encoding: 'utf8'): string;
}

/** A file's text, or undefined where it can't be read. */
export function fileText(path: string): string | undefined {
  try {
    return nodeBuiltin<Files>('node:fs')?.readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
