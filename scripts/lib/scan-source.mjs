// What one source file imports and which globals it uses, from its syntax tree: comments, strings and types do not count.
import { parseSync, visitorKeys } from 'oxc-parser';

const globalObjects = /^(?:globalThis|window|self|global)\./;
const typeNames = {
  TSTypeReference: 'typeName',
  TSTypeQuery: 'exprName',
  TSInterfaceHeritage: 'expression',
  TSClassImplements: 'expression',
};
const keyed = new Set([
  'Property',
  'MethodDefinition',
  'PropertyDefinition',
  'AccessorProperty',
  'TSPropertySignature',
  'TSMethodSignature',
]);

/**
 * `imports`: { specifier, typeOnly, names, line }; `uses`: { name, line }, such as `setTimeout`, `Math.random`,
 * `new Date()`; `asked`: { specifier, line } of process.getBuiltinModule.
 */
export function scanSource(path, text) {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const found = { imports: [], uses: [], asked: [] };
  const lineOf = lineCounter(text);

  const imports = (source, node, typeOnly, names = []) => {
    const specifier = literal(source);
    if (specifier !== undefined) found.imports.push({ specifier, typeOnly, names, line: lineOf(node.start) });
  };
  const uses = (name, node) => found.uses.push({ name: name.replace(globalObjects, ''), line: lineOf(node.start) });

  const visit = (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
        imports(
          node.source,
          node,
          node.importKind === 'type',
          node.specifiers.map((each) => each.imported?.name).filter(Boolean),
        );
        return;
      case 'ExportAllDeclaration':
        imports(node.source, node, node.exportKind === 'type');
        return;
      case 'ExportNamedDeclaration':
        if (node.source === null) break;
        imports(node.source, node, node.exportKind === 'type');
        return;
      case 'ImportExpression':
        imports(node.source, node, false);
        break;
      case 'TSImportType':
        imports(node.source, node, true);
        break;
      case 'CallExpression': {
        const name = dotted(node.callee);
        if (name === 'require') imports(node.arguments[0], node, false);
        const specifier = name?.endsWith('getBuiltinModule') ? literal(node.arguments[0]) : undefined;
        if (specifier !== undefined)
          found.asked.push({ specifier, typeOnly: false, names: [], line: lineOf(node.start) });
        break;
      }
      case 'NewExpression':
        if (dotted(node.callee)?.replace(globalObjects, '') !== 'Date') break;
        // `new Date(milliseconds)` formats a time that somebody else read.
        if (node.arguments.length === 0) uses('new Date()', node);
        node.arguments.forEach(visit);
        return;
      case 'BinaryExpression':
        if (node.operator !== 'instanceof') break;
        visit(node.left);
        if (node.right.type !== 'Identifier') visit(node.right);
        return;
      case 'Identifier':
        uses(node.name, node);
        if (node.typeAnnotation) visit(node.typeAnnotation);
        return;
      case 'MemberExpression': {
        const name = dotted(node);
        if (name !== undefined) uses(name, node);
        else visit(node.object);
        if (node.computed) visit(node.property);
        return;
      }
      default:
        break;
    }
    for (const key of visitorKeys[node.type] ?? []) {
      if (key === typeNames[node.type]) continue;
      if (key === 'key' && keyed.has(node.type) && !node.computed) continue;
      const child = node[key];
      if (Array.isArray(child)) child.forEach((each) => each && visit(each));
      else if (child) visit(child);
    }
  };
  visit(program);
  return found;
}

function dotted(node) {
  if (node.type === 'ParenthesizedExpression' || node.type === 'ChainExpression' || node.type === 'TSNonNullExpression')
    return dotted(node.expression);
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression') return undefined;
  const property = node.computed ? literal(node.property) : node.property.name;
  const object = dotted(node.object);
  return object === undefined || property === undefined ? undefined : `${object}.${property}`;
}

function literal(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked;
  return undefined;
}

function lineCounter(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
