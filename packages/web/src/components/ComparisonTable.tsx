/** Strategies side by side: the baseline, then the others with their differences to it. */
import { Button } from '@mantine/core';
import type { Comparison, TableCell, TableColumn, TableRow } from '@peakless/engine';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { baselineFirst } from '../lib/baseline-first.ts';
import { useReportText } from '../lib/use-report-text.ts';
import classes from './ComparisonTable.module.css';
import { DifferenceMark } from './DifferenceMark.tsx';
import { Dot } from './Dot.tsx';
import { ScrollBox } from './ScrollBox.tsx';
import { Section } from './Section.tsx';

export function ComparisonTable({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { table, colour } = useReportText(comparison);
  const [all, setAll] = useState(false);
  const { replications } = comparison.provenance;
  const order = baselineFirst(table.columns);
  const rows = all ? table.rows : table.rows.filter(({ essential }) => essential);
  return (
    <Section
      title={t('table.title')}
      hint={replications > 1 ? t('table.hint', { count: replications }) : t('table.hintOne')}
      aside={
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(!all)}>
          {all ? t('table.few') : t('table.all')}
        </Button>
      }
    >
      <ScrollBox label={t('table.scroll')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('table.measure')}</th>
              {order.map((index) => (
                <ColumnHead key={index} column={table.columns[index]} colour={colour} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.measure} row={row} order={order} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Section>
  );
}

interface HeadProps {
  readonly column: TableColumn | undefined;
  readonly colour: (strategy: string) => string;
}

function ColumnHead({ column, colour }: HeadProps) {
  const { t } = useTranslation();
  if (!column) return null;
  return (
    <th scope="col">
      <span className={classes.head}>
        <Dot color={colour(column.strategy)} />
        {column.title}
      </span>
      {column.baseline && <span className={classes.baseline}>{t('table.baseline')}</span>}
    </th>
  );
}

function Row({ row, order }: { readonly row: TableRow; readonly order: readonly number[] }) {
  return (
    <tr>
      <th scope="row" title={row.about}>
        {row.label}
      </th>
      {order.map((index) => (
        <td key={index}>
          <Cell cell={row.cells[index]} />
        </td>
      ))}
    </tr>
  );
}

function Cell({ cell }: { readonly cell: TableCell | undefined }) {
  if (!cell) return null;
  return (
    <div className={`numbers ${classes.cell}`}>
      <span className={classes.value} data-defined={cell.defined}>
        {cell.value}
      </span>
      <DifferenceMark cell={cell} />
      {cell.bounds && <span className={classes.bounds}>{cell.bounds}</span>}
    </div>
  );
}
