/** Where the time to new capacity goes: a bar per strategy, median and p95 of every stage. */
import {
  type Comparison,
  type StartupColumn,
  type StartupTable,
  startupTables,
  unbroken,
} from '@peakless/engine';
import { STAGE_COLOURS } from '../lib/colors.ts';
import { useLanguage } from '../lib/use-language.ts';
import { type ReportText, useReportText } from '../lib/use-report-text.ts';
import { Dot } from './Dot.tsx';
import { ScrollBox } from './ScrollBox.tsx';
import { Section } from './Section.tsx';
import classes from './StartupTimes.module.css';

export function StartupTimes({ comparison }: { readonly comparison: Comparison }) {
  const language = useLanguage();
  const text = useReportText(comparison);
  const tables = startupTables(comparison, language);
  if (tables.length === 0) return null;
  return (
    <Section title={text.label('report.startup')} hint={text.label('report.startup.about')}>
      {tables.map((table) => (
        <Table key={table.subject} {...{ table, text }} />
      ))}
    </Section>
  );
}

interface TableProps {
  readonly table: StartupTable;
  readonly text: ReportText;
}

function Table({ table: { columns, rows }, text }: TableProps) {
  const language = useLanguage();
  return (
    <div className={classes.table}>
      <div className={classes.ways}>
        {columns.map((column) => (
          <Way key={column.strategy.name} {...{ column, text }} />
        ))}
      </div>
      <ScrollBox label={text.label('report.startup')}>
        <table className={`numbers ${classes.times}`}>
          <thead>
            <tr>
              <th scope="col">{text.label('report.stage')}</th>
              {columns.map(({ strategy: { name, title } }) => (
                <th key={name} scope="col">
                  <span className={classes.head}>
                    <Dot color={text.colour(name)} />
                    {title[language]}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ stage, label, cells }) => (
              <tr key={stage} data-sum={stage === 'total'}>
                <th scope="row">
                  {stage !== 'total' && stage !== 'nodes' && (
                    <span className={classes.key} style={{ background: STAGE_COLOURS[stage] }} />
                  )}
                  {label}
                </th>
                {cells.map((cell, index) => (
                  <td key={columns[index]?.strategy.name}>
                    {cell === null ? (
                      '–'
                    ) : (
                      <>
                        <b>{cell.median}</b>
                        <span className={classes.p95}>p95 {cell.p95}</span>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  );
}

interface WayProps {
  readonly column: StartupColumn;
  readonly text: ReportText;
}

/** The longest one fills the width. */
function Way({ column: { strategy, sentence, bar }, text }: WayProps) {
  const language = useLanguage();
  return (
    <div>
      <div className={classes.name}>
        <Dot color={text.colour(strategy.name)} />
        {strategy.title[language]}
      </div>
      {bar.length > 0 && (
        <div className={classes.bar} aria-hidden>
          {bar.map(({ stage, length }) => (
            <span
              key={stage}
              style={{ width: `${length * 100}%`, background: STAGE_COLOURS[stage] }}
            />
          ))}
        </div>
      )}
      <p className={classes.sentence}>{unbroken(text.message(sentence))}</p>
    </div>
  );
}
