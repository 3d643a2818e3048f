/** What the tests of the documents read from Markdown. */
import { readRepository, type SourceFile } from '../tidy/source.ts';

export const documents: readonly SourceFile[] = readRepository().filter((file) =>
  file.path.endsWith('.md'),
);

export function documentOf(path: string): string {
  const found = documents.find((file) => file.path === path);
  if (found === undefined) throw new Error(`no document ${path}`);
  return found.text;
}

/** Commands of the fenced blocks that follow the marker, one per line. */
export function markedCommands(text: string, marker: string): readonly string[] {
  const blocks = text.matchAll(
    new RegExp(`<!-- ${marker} -->\\s*\`\`\`sh\\n([\\s\\S]*?)\`\`\``, 'g'),
  );
  return [...blocks].flatMap((block) => (block[1] as string).trim().split('\n'));
}

/** Targets of links and images, without those inside code. */
export function linksOf(text: string): readonly string[] {
  const prose = text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] as string);
}

/** Anchor of a heading, as GitHub makes it. */
export function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] as string)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
