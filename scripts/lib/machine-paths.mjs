// Paths that exist on one machine only: somebody's home, or where this checkout happens to lie.
import { homedir } from 'node:os';

const homes = [/\/(?:home|Users)\/[\w.-]+\//, /\/root\//, /[A-Za-z]:\\+Users\\/].map((each) => each.source);

/** Violations as { file, line, what, allowed, todo }. */
export function findMachinePaths(sources, root) {
  const pattern = new RegExp(`(?<![\\w.*-])(?:${[...homes, ...ownPaths(root)].join('|')})`);
  const violations = [];
  for (const [file, text] of sources) {
    text.split('\n').forEach((content, index) => {
      const found = pattern.exec(content);
      if (found === null) return;
      violations.push({
        file,
        line: index + 1,
        what: `${found[0]} is a path of one machine`,
        allowed: 'paths relative to the repository, or taken from the environment',
        todo: 'derive it from import.meta.url, os.homedir() or an option',
      });
    });
  }
  return violations;
}

/** A checkout at /app or /src would make ordinary web paths look like machine paths, so one segment is not enough. */
function ownPaths(root) {
  return [root, homedir()]
    .map((path) => path.replace(/[\\/]+$/, ''))
    .filter((path) => path.split(/[\\/]/).length > 2)
    .map((path) => path.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
}
