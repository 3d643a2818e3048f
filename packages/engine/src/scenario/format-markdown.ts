/** docs/scenario-format.md, from the schema: a table per object, in the order of the file. */
import { boundsText, unitText } from './field-values.ts';
import type { FieldDeclaration } from './fields.ts';
import { PriceBookSchema } from './price-book-file.ts';
import { ScenarioSchema } from './schema.ts';
import { type AnySchema, isOmittable, type Shape, shapeOf } from './schema-shape.ts';

interface Section {
  readonly title: string;
  readonly description: string;
  readonly rows: readonly string[];
}

/** The text of scenarios/minimal.yaml. */
export const MINIMAL_SCENARIO = `apiVersion: peakless/v1
name: minimal
load:
  - flashSale: { base: 50/s, peak: 800/s }
services:
  web:
    time: { mean: 50ms }
    cpuPerRequest: 25ms
`;

export function scenarioFormatMarkdown(): string {
  const scenario = sectionsOf(ScenarioSchema, '');
  const book = sectionsOf(PriceBookSchema, '');
  return [
    '# The scenario format, v1',
    '',
    '<!-- Generated from packages/engine/src/scenario/schema.ts. Do not edit; regenerate it with',
    '     pnpm --silent peakless schema --markdown > docs/scenario-format.md -->',
    '',
    'The shortest scenario; everything else has a default, and `peakless validate --resolved` prints',
    'the file with all of them filled in:',
    '',
    '```yaml',
    MINIMAL_SCENARIO.trimEnd(),
    '```',
    '',
    ...CONVENTIONS,
    '',
    ...scenario.flatMap((section) => sectionLines(section, 'Scenario')),
    '## Price books',
    '',
    'A price book is a YAML file of its own, named by `prices.book`; `builtin:aws-us-east-1`,',
    '`builtin:aliyun-cn-hangzhou` and `builtin:gcp-us-central1` (with spot prices) come with',
    'Peakless. A price that is not in the book is an error, never 0.',
    '',
    ...book.flatMap((section) => sectionLines(section, 'Price book')),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

const CONVENTIONS: readonly string[] = [
  '## Conventions',
  '',
  '- YAML 1.2, UTF-8, up to 256 kB, one document. JSON is YAML. Anchors, aliases, tags and merge keys',
  '  are refused; unknown keys are errors.',
  '- Durations: `500us 45ms 3s 5m 1h 2d`, a decimal with one unit (`1.5s`), or a compound (`1h30m`).',
  '- Rates: `200/s`, also `/m` and `/h`. Sizes: `512Mi`, `380MB`. CPU: `500m`, `2`. Shares: `30%` or',
  '  `0.3`. Money: a decimal number in the currency of the price book.',
  '- Times: ISO 8601 with its UTC offset, or `07:50` and `07:50:30` on the clock of the scenario (the',
  '  first such time within it, else on its first day), or `+5m` after its start.',
  '- Names: up to 63 lower-case letters, digits and hyphens.',
  '- Text for people: a string, or `{ en: …, zh-CN: … }`.',
  `- \`vars\` are replaced wherever \`\${name}\` stands in a text, before units are read; a text that is`,
  `  nothing but \`\${name}\` becomes the value itself. \`$\${\` is a literal \`\${\`.`,
  '- `--set name=value` sets a variable, `--set services.app.concurrency=16` any field; items of lists',
  '  are addressed by index or by name: `load[0].flashSale.peak`, `strategies.hpa.nodes.min`.',
  '- Files are relative to the scenario and must lie in its folder of scenarios: the nearest folder',
  '  above it that is called `scenarios`, else its own folder. A trace is a CSV file with the columns',
  '  time (seconds, or ISO 8601 with offset) and requests of that bin; lines that begin with `#` are',
  '  comments. Manifests are read as YAML 1.1, as Kubernetes does.',
  '- Without `strategies`, `vm-peak` and `kubernetes` are compared. A strategy may `extends` an earlier',
  '  one of its kind; maps are merged, lists replaced. `startup` and `nodes` of a strategy lie over',
  '  those of `kubernetes`.',
  '- A Deployment belongs to the service of its name, an HPA to the service that it scales. A service',
  '  without a Deployment runs pods with 1 CPU and 1Gi; one without an HPA gets the default of the',
  '  API, 80 % CPU, between 2 and 200 replicas.',
];

function sectionLines({ title, description, rows }: Section, root: string): string[] {
  const heading = title === '' ? `## ${root}` : `### \`${title}\``;
  if (rows.length === 0) return [heading, '', description, ''];
  return [
    heading,
    '',
    description,
    '',
    '| Field | Value | Default | Range | Meaning | Source of the default |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ];
}

function sectionsOf(schema: AnySchema, title: string): Section[] {
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'object':
      return objectSections(shape, title);
    case 'list':
      return sectionsOf(shape.items, `${title}[]`);
    case 'record':
      return sectionsOf(shape.values, `${title}.<name>`);
    case 'union':
      return [...shape.members].flatMap(([kind, member]) =>
        sectionsOf(member, `${title} (kind: ${kind})`),
      );
    default:
      return [];
  }
}

function objectSections(shape: Extract<Shape, { kind: 'object' }>, title: string): Section[] {
  const rows = shape.properties.map(([key, inner]) => row(key, inner, shape.required.has(key)));
  const inner = shape.properties.flatMap(([key, schema]) =>
    sectionsOf(schema, title === '' ? key : `${title}.${key}`),
  );
  return [{ title, description: shape.description, rows }, ...inner];
}

function row(key: string, schema: AnySchema, required: boolean): string {
  const shape = shapeOf(schema);
  const cells =
    shape.kind === 'field'
      ? fieldCells(shape.declaration, required)
      : [
          shapeText(shape),
          shapeDefault(key, schema, shape, required),
          itemBounds(shape),
          shapeDoc(shape),
          '',
        ];
  return `| \`${key}\` | ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function fieldCells(declaration: FieldDeclaration, required: boolean): string[] {
  const { unit, values, default: usual, doc, source, example } = declaration;
  const value =
    values === undefined ? unitText(unit) : values.map((name) => `\`${name}\``).join(', ');
  const fallback = required ? '**required**' : '–';
  const bounded = declaration.min !== undefined || declaration.max !== undefined;
  return [
    value,
    usual === undefined ? fallback : `\`${usual}\``,
    bounded ? boundsText(declaration) : '',
    example === undefined ? doc : `${doc} Example: \`${example}\`.`,
    source ?? '',
  ];
}

function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case 'list':
      return `list, ${shape.min} to ${shape.max} items`;
    case 'record':
      return 'map by name';
    case 'literal':
      return `\`${shape.value}\``;
    case 'object':
      return 'object';
    default:
      return 'any';
  }
}

function shapeDefault(key: string, schema: AnySchema, shape: Shape, required: boolean): string {
  if (!required) return '–';
  if (shape.kind === 'object' && isOmittable(schema)) return 'all its defaults';
  return key === 'strategies' ? '`vm-peak` and `kubernetes`' : '**required**';
}

/** Of the items of a list of plain fields. */
function itemBounds(shape: Shape): string {
  const items = shape.kind === 'list' ? shapeOf(shape.items) : shape;
  if (items.kind !== 'field') return '';
  const { min, max } = items.declaration;
  return min === undefined && max === undefined ? '' : boundsText(items.declaration);
}

function shapeDoc(shape: Shape): string {
  if (shape.kind === 'literal') return 'Exactly this.';
  if (shape.kind === 'field') return shape.declaration.doc;
  if (shape.kind === 'object' || shape.kind === 'record' || shape.kind === 'verbatim') {
    return shape.description;
  }
  if (shape.kind !== 'list') return '';
  const items = shapeOf(shape.items);
  return items.kind === 'union' ? 'What is compared, side by side.' : shapeDoc(items);
}
