// The markup of the templates, piece by piece, and which pieces a page shows. This proves that every branch of every
// template has been checked, without a list of pages to maintain.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { content, root } from './service.mjs';

const folder = join(root, 'pages/templates');
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const plain = (html) => html.replace(/\s+/g, ' ').replace(/&(?:#x27|#39);/g, "'").replace(/&#x2F;/g, '/').replace(/&quot;/g, '"');

// Returns the UI messages of a language, which distinguish pieces that only differ by them.
function wordsOf(language) {
  const lines = readFileSync(join(content, 'sprog', `${language}.yaml`), 'utf8').matchAll(/^(\w+): (?:"(.*)"|(.*))$/gm);
  return Object.fromEntries([...lines].map(([, key, quoted, bare]) => [key, plain(quoted ?? bare)]));
}

// Returns the templates of pages, those that they include, and the top and foot of all pages.
function templates() {
  const all = Object.fromEntries(
    readdirSync(folder).filter((name) => name.endsWith('.html')).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  const pages = Object.keys(all).filter((name) => all[name].includes('{% extends "base.html" %}'));
  const wanted = new Set([...pages, 'top.html', 'foot.html']);
  for (const name of wanted) for (const [, part] of all[name].matchAll(/\{%-? (?:include|extends) "([^"]+)"/g)) wanted.add(part);
  return [...wanted].map((name) => [name, all[name]]);
}

// The text between two tags of a template is rendered as a whole or not at all.
const PIECES = templates().flatMap(([name, text]) =>
  text
    .split(/\{%.*?%\}/s)
    .map((piece) => plain(piece).trim())
    .filter((piece) => /[a-z]/i.test(piece.replace(/\{\{.*?\}\}/g, '')))
    .map((piece) => ({ name: `${name}: ${piece}`, piece })),
);

const patterns = Object.fromEntries(
  ['da', 'en'].map((language) => {
    const words = wordsOf(language);
    const value = (expression) => {
      const word = words[expression.match(/^t\.(\w+)$/)?.[1]];
      return word === undefined ? (expression.includes('safe') ? '.*?' : '[^<>]*?') : escaped(word);
    };
    const pattern = ({ name, piece }) => {
      const parts = piece.split(/\{\{-? (.*?) -?\}\}/).map((part, index) => (index % 2 ? value(part) : escaped(part)));
      return [name, new RegExp(parts.join(''))];
    };
    return [language, PIECES.map(pattern)];
  }),
);

// Returns the pieces that a Danish or English page shows.
export function piecesOf(html) {
  const text = plain(html);
  const [, language] = text.match(/<html lang="(\w+)"/);
  return patterns[language].filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
}
export const allPieces = () => [...new Set(PIECES.map(({ name }) => name))];
