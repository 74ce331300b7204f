// What a package's index exports, each with its doc comment and its signatures, from the syntax trees of its sources.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { parseDocComment } from './doc-comment.mjs';

/**
 * In the order of the index: { name, kind, doc, signatures, members, bases, file }. `kind` is `function`, `class`, `const`
 * or `type`; `bases` are what an interface extends, as it is written there; `doc` is undefined where there is none; `makesFlows` tells what is drawn.
 */
export function readExports(index) {
  const { program } = parse(index);
  const found = [];
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.source === null) continue;
    const file = join(dirname(index), node.source.value);
    const declared = declarationsIn(file);
    for (const { local, exported } of node.specifiers) {
      const declaration = declared.get(local.name);
      if (declaration === undefined) throw new Error(`${file}: there is no ${local.name}, which ${index} exports.`);
      found.push({ name: exported.name, file, ...declaration });
    }
  }
  return found;
}

const files = new Map();

function parse(file) {
  const text = readFileSync(file, 'utf8');
  const { program, comments, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  return { text, program, comments };
}

/** By name: everything that a file exports by a declaration. */
function declarationsIn(file) {
  let declared = files.get(file);
  if (declared !== undefined) return declared;
  declared = new Map();
  files.set(file, declared);
  const { text, program, comments } = parse(file);
  const docBefore = docs(text, comments);
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.declaration === null) continue;
    for (const [name, { isBody, ...read }] of readDeclaration(node.declaration, text, docBefore)) {
      const known = declared.get(name);
      if (known === undefined) declared.set(name, { ...read, doc: docBefore(node.start) });
      // Further overloads, and at last the body, whose signature says nothing that theirs do not.
      else if (read.kind === 'function' && !isBody) known.signatures.push(...read.signatures);
    }
  }
  return declared;
}

/** The doc comment that ends right before a place. */
function docs(text, comments) {
  const blocks = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'));
  return (start) => {
    const block = blocks.find(
      ({ end }) =>
        end <= start &&
        text
          .slice(end, start)
          .replaceAll(/^\s*\/\/.*$/gmu, '')
          .trim() === '',
    );
    return block === undefined ? undefined : parseDocComment(block.value.slice(1));
  };
}

function readDeclaration(node, text, docBefore) {
  const slice = (from, to) => text.slice(from, to).trim();
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction': {
      const { id, body } = node;
      const signature = slice(id.start, body ? body.start : node.end).replace(/;$/u, '');
      return [[id.name, { kind: 'function', signatures: [signature], members: [], isBody: Boolean(body) }]];
    }
    case 'ClassDeclaration':
      return [[node.id.name, { kind: 'class', signatures: [], members: membersOf(node.body.body, text, docBefore) }]];
    case 'VariableDeclaration':
      return node.declarations.map(({ id, init }) => {
        const type = id.typeAnnotation ?? undefined;
        const isCalled = init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression';
        const signature = type === undefined ? id.name : slice(id.start, type.end);
        return [id.name, { kind: isCalled ? 'function' : 'const', signatures: [signature], members: [] }];
      });
    case 'TSInterfaceDeclaration':
      return [
        [
          node.id.name,
          {
            kind: 'type',
            signatures: [],
            members: membersOf(node.body.body, text, docBefore),
            bases: node.extends.map(({ start, end }) => slice(start, end)),
          },
        ],
      ];
    case 'TSTypeAliasDeclaration': {
      const { id, typeAnnotation } = node;
      const members = typeAnnotation.type === 'TSTypeLiteral' ? membersOf(typeAnnotation.members, text, docBefore) : [];
      const signatures = members.length > 0 ? [] : [slice(id.start, node.end).replace(/;$/u, '')];
      return [[id.name, { kind: 'type', signatures, members }]];
    }
    default:
      throw new Error(`${node.type} is exported: say in read-exports.mjs how it is read.`);
  }
}

/** The public members of an interface or class that have a name: { name, type, doc, optional }. */
function membersOf(nodes, text, docBefore) {
  return nodes.flatMap((node) => {
    if (node.key?.type !== 'Identifier' || node.accessibility === 'private') return [];
    const { name } = node.key;
    const doc = docBefore(node.start);
    if (name === 'constructor' || doc?.tags.some((tag) => tag.name === 'internal')) return [];
    const body = node.value?.body ?? node.value;
    const end = node.type === 'MethodDefinition' && body ? body.start : node.end;
    const source = text.slice(node.key.start, end).replace(/[;,]?\s*$/u, '');
    return [{ name, text: source.replaceAll(/\s+/gu, ' '), doc }];
  });
}
