// Prints {"file:line name": lines} for every function of the files named, for test_structure.py.
import { readFileSync } from 'node:fs';
import { parse } from 'acorn';
import { ancestor } from 'acorn-walk';

const KINDS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
const found = {};

/** The name a function goes by, from itself or from what it is assigned to. */
function nameOf(node, parent) {
  const named = node.id ?? parent?.key ?? parent?.id ?? parent?.left;
  return named?.name ?? '';
}

function note(file, node, parent) {
  const { start, end } = node.loc;
  found[`${file}:${start.line}:${start.column} ${nameOf(node, parent)}`] = end.line - start.line + 1;
}

for (const file of process.argv.slice(2)) {
  const tree = parse(readFileSync(file, 'utf8'), { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  const visit = (node, _, ancestors) => note(file, node, ancestors.at(-2));
  ancestor(tree, Object.fromEntries(KINDS.map((kind) => [kind, visit])));
}
console.log(JSON.stringify(found));
