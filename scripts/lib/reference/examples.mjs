// Examples in doc comments as modules that run. An example is a program that imports nothing of the package: what it
// names is imported for it. An expression statement with a comment behind it is checked:
//
//     add(5, 3); // 8                      the value is 8, as `node:util` compares
//     await slow('x'); // throws timeout   it fails, with that in its code or message
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** Writes each example as `<name>.ts` into a folder of their own, and gives what it has written: { name, code, module }. */
export function writeExamples(folder, entries, packageName) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const names = new Map(entries.map(({ name, kind }) => [name, kind]));
  const written = [];
  for (const { name, doc } of entries) {
    const codes = (doc?.tags ?? []).filter((tag) => tag.name === 'example').map((tag) => tag.text);
    codes.forEach((code, i) => {
      const module = `${name}${i === 0 ? '' : `-${i + 1}`}.ts`;
      writeFileSync(join(folder, module), moduleOf(code, names, packageName));
      written.push({ name, code, module });
    });
  }
  return written;
}

/** The module of an example: all on the lines where they stand in the example, but for one line of imports before. */
export function moduleOf(code, names, packageName) {
  const { program, comments, errors } = parseSync('example.ts', code);
  if (errors.length > 0)
    return `throw new Error(${JSON.stringify(`does not parse: ${errors[0].message}`)});\n${code}\n`;
  const declared = program.body.flatMap(declaredBy);
  const used = new Set([...code.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)].map(([word]) => word));
  const imported = [...names].filter(([name]) => used.has(name) && !declared.includes(name));
  const specifiers = imported.map(([name, kind]) => (kind === 'type' ? `type ${name}` : name));
  const head = `import { ${specifiers.join(', ')} } from ${JSON.stringify(packageName)}; import { $equal, $fails } from './check.ts';`;
  const edits = program.body.flatMap((statement) => checkOf(statement, code, comments));
  const values = program.body.flatMap((statement) =>
    statement.type === 'VariableDeclaration' ? declaredBy(statement) : [],
  );
  return `${head}\n${applied(code, edits)}\nexport const $values = { ${values.join(', ')} };\nexport const $checks = ${edits.length};\n`;
}

function declaredBy(statement) {
  const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  switch (node?.type) {
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return [node.id.name];
    case 'ImportDeclaration':
      return node.specifiers.map(({ local }) => local.name);
    default:
      return [];
  }
}

/** The edit that makes a check of a statement with a comment behind it on its last line. */
function checkOf(statement, code, comments) {
  if (statement.type !== 'ExpressionStatement') return [];
  const comment = comments.find(
    ({ type, start }) =>
      type === 'Line' &&
      start >= statement.end &&
      code.slice(statement.end, start).trim() === '' &&
      !code.slice(statement.end, start).includes('\n'),
  );
  if (comment === undefined) return [];
  const said = comment.value.trim();
  const expression = code.slice(statement.expression.start, statement.expression.end);
  const failure = /^throws (.*)$/u.exec(said);
  const text =
    failure === null
      ? `$equal(${expression}, (${said}), ${JSON.stringify(expression)});`
      : `await $fails(async () => (${expression}), ${JSON.stringify(failure[1])}, ${JSON.stringify(expression)});`;
  return [{ start: statement.start, end: statement.end, text }];
}

function applied(code, edits) {
  let result = code;
  for (const { start, end, text } of edits.toReversed()) result = result.slice(0, start) + text + result.slice(end);
  return result;
}
