/** A difference to the baseline: number, colour and symbol all say whether it is for the better. */
import type { TableCell } from '@peakless/engine';
import { IconArrowsLeftRight, IconCheck, IconEqual, IconTilde, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './DifferenceMark.module.css';

const KINDS = {
  better: { Icon: IconCheck, label: 'table.better' },
  worse: { Icon: IconX, label: 'table.worse' },
  changed: { Icon: IconArrowsLeftRight, label: 'table.changed' },
  same: { Icon: IconEqual, label: 'table.same' },
  noise: { Icon: IconTilde, label: 'table.noise' },
} as const;

export function DifferenceMark({ cell }: { readonly cell: TableCell | undefined }) {
  const { t } = useTranslation();
  if (!cell?.difference || !cell.mark) return null;
  const kind = cell.significant === false && cell.mark !== 'same' ? 'noise' : cell.mark;
  const { Icon, label } = KINDS[kind];
  return (
    <span className={`numbers ${classes.mark}`} data-kind={kind} title={t(label)}>
      <Icon size={13} stroke={2.4} role="img" aria-label={t(label)} />
      {cell.difference}
    </span>
  );
}
