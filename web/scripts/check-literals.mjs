// Fails when a component holds text that a visitor would read: it belongs in a catalogue.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const spoken = new Set([
  'title',
  'label',
  'placeholder',
  'alt',
  'aria-label',
  'hint',
  'summary',
  'caption',
  'confirm',
]);
const letters = /\p{L}/u;
const faults = [];

function* components(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* components(path);
    else if (path.endsWith('.tsx') && !path.endsWith('.test.tsx')) yield path;
  }
}

for (const path of components('src')) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const report = (node, text) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    faults.push(`${path}:${line + 1}: literal text "${text.trim()}"`);
  };
  const isText = (node) => ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
  const visit = (node) => {
    if (ts.isJsxText(node) && letters.test(node.text)) report(node, node.text);
    if (
      ts.isJsxExpression(node) &&
      ts.isJsxElement(node.parent) &&
      node.expression &&
      isText(node.expression)
    ) {
      if (letters.test(node.expression.text)) report(node, node.expression.text);
    }
    if (ts.isJsxAttribute(node) && node.initializer && spoken.has(node.name.getText())) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value && isText(value) && letters.test(value.text)) report(node, value.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
