// Applies the tables of check-imports.mjs to sources. Pure: texts in, violations out.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { scanSource } from './scan-source.mjs';

const code = /\.[cm]?[jt]sx?$/;
const typescript = /\.tsx?$/;
const test = /\.(?:test|test-d|bench)\.\w+$|(?:^|\/)(?:test|bench|e2e)\//;
const configuration = /(?:^|\/)[\w.-]+\.(?:config|setup)\.\w+$/;
const move = 'move what is shared down to where both may import it, or change the table and say why';

/** Violations as { file, line, what, allowed, todo }, by file and line. */
export function findViolations({ zones, abilities, mayAskForBuiltins, sources, packages }) {
  const violations = [];
  for (const [file, text] of sources) {
    if (!code.test(file) || !file.includes('/') || configuration.test(file)) continue;
    const zone = zoneOf(zones, file);
    if (zone === undefined) {
      const allowed = zones.map(({ folder }) => folder).join(', ');
      violations.push({ file, line: 1, what: 'no row of the table has this folder', allowed, todo: 'add a row' });
      continue;
    }
    const { imports, uses, asked } = scanSource(file, text);
    const isTest = test.test(file);
    const rights = isTest ? { ...zone, may: [...zone.may, ...(zone.tests ?? [])], outside: 'npm and node' } : zone;
    const loaded = isInside(file, mayAskForBuiltins) ? imports : [...imports, ...asked];
    for (const each of loaded) {
      const problem = judgeImport(file, each, rights, { zones, packages, isTest });
      if (problem === undefined) continue;
      const [why, todo] = problem;
      const what = `${zone.folder} must not import ${each.specifier}${why}`;
      violations.push({ file, line: each.line, what, allowed: describe(rights), todo });
    }
    if (isTest) continue;
    for (const { names, modules, what, only, instead } of abilities) {
      if (isInside(file, only)) continue;
      const used = [
        ...uses.filter(({ name }) => names.includes(name) || names.includes(name.split('.').slice(0, -1).join('.'))),
        ...imports.flatMap((each) => reached(each, names, modules)),
      ];
      const passing = used.filter(({ name }) => !/^Date\.(?!now$)/.test(name));
      for (const { name, line } of passing) {
        violations.push({ file, line, what: `${name} ${what}`, allowed: only.join(', '), todo: instead });
      }
    }
  }
  return violations.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

/** `undefined`, or what is wrong and what to do. */
function judgeImport(file, { specifier, typeOnly }, { may, outside }, { zones, packages, isTest }) {
  const permits = (target) =>
    may.some((entry) => {
      const place = entry.replace(/^type /, '');
      return isInside(target, [place]) && (place === entry || typeOnly);
    });

  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(file), specifier));
    if (typescript.test(file) && /\.jsx?$/.test(specifier)) return [': imports name the source', 'write .ts or .tsx'];
    if (permits(target)) return undefined;
    if (packageFolder(target) !== packageFolder(file)) {
      return [', a relative path into another package', 'import the package by its name'];
    }
    return zoneOf(zones, target) === zoneOf(zones, file) ? undefined : ['', move];
  }
  if (/^(?:\/|file:|[A-Za-z]:)/.test(specifier)) return [', an absolute path', 'import it relative to this file'];
  if (isBuiltin(specifier)) {
    if (outside === 'npm and node') return undefined;
    return [': this code also runs in browsers', 'take what you need as a parameter'];
  }
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  const internal = packages.get(name);
  if (internal === undefined) {
    if (outside !== 'nothing' || typeOnly) return undefined;
    return [': it has no dependencies', 'write the few lines, or move the code to where it may have some'];
  }
  if (!internal.exports.includes(specifier)) {
    return [`, which is none of its exports (${internal.exports.join(', ')})`, 'import one of these, or export it'];
  }
  if (internal.folder === packageFolder(file)) {
    return isTest ? undefined : [', which is itself', 'import the file by its relative path'];
  }
  if (permits(specifier)) return undefined;
  return may.includes(`type ${specifier}`) ? [' as a value', 'write `import type`'] : ['', move];
}

/** What an import gives access to: a whole module, or single names such as `crypto.randomUUID`. */
function reached({ specifier, typeOnly, names: imported, line }, names, modules) {
  if (typeOnly) return [];
  const bare = specifier.replace(/^node:/, '');
  if (modules.includes(specifier) || modules.includes(`node:${bare}`)) return [{ name: specifier, line }];
  return imported.map((name) => ({ name: `${bare}.${name}`, line })).filter(({ name }) => names.includes(name));
}

function describe({ may, outside }) {
  const others = { nothing: [], npm: ['npm packages'], 'npm and node': ['npm packages', "Node's modules"] }[outside];
  return [...may, ...others].join(', ') || 'nothing outside its folder';
}

function zoneOf(zones, path) {
  return zones
    .filter(({ folder }) => isInside(path, [folder]))
    .reduce((best, each) => (best === undefined || each.folder.length > best.folder.length ? each : best), undefined);
}

function isInside(path, places) {
  return places.some((place) => path === place || path.startsWith(place.endsWith('/') ? place : `${place}/`));
}

function packageFolder(path) {
  return (/^(?:packages|apps)\/[^/]+/.exec(path) ?? /^[^/]+/.exec(path))?.[0];
}
