/**
 * The repository works wherever it is cloned: no paths of one machine, no addresses of the host
 * that packages came from.
 */
import { lineOf, type SourceFile, type Violation } from '../source.ts';

const folder = (name: string) => `(?<![\\w.~-])/${name}/[\\w.]`;
const BANS: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: new RegExp(['work', 'tmp', 'home', 'root', 'Users', 'mnt'].map(folder).join('|'), 'g'),
    what: 'a path of one machine: make it relative, or ask the system for a temporary folder',
  },
  { pattern: /\b[A-Z]:\\\\?Users\\/g, what: 'a path of one machine' },
  {
    pattern: /https?:\/\/[\w.-]*(registry|artifactory|nexus|verdaccio|mirror)[\w.-]*/gi,
    what: 'the address of a package host: npm’s own configuration knows it',
  },
  { pattern: /^\s*(registry|.*:registry|.*_authToken)\s*=/gm, what: 'a setting of one machine' },
  { pattern: /\btarball: http/g, what: 'an address in the lock file: lock without it' },
  {
    pattern: /https?:\/\/(?!127\.|0\.0\.0\.0)\d+\.\d+\.\d+\.\d+/g,
    what: 'the address of one machine',
  },
];

export function checkSelfContained(file: SourceFile): readonly Violation[] {
  const violations: Violation[] = [];
  for (const { pattern, what } of BANS) {
    for (const match of file.text.matchAll(pattern)) {
      const line = lineOf(file.text, match.index);
      violations.push({ path: file.path, line, message: `${match[0].trim()}: ${what}` });
    }
  }
  return violations;
}
