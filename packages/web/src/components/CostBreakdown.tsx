/** What is paid for, at which price, and where the price comes from. */
import { type Comparison, itemLabel, meanCostItems, type StrategyResult } from '@peakless/engine';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../lib/use-language.ts';
import { type ReportText, useReportText } from '../lib/use-report-text.ts';
import classes from './CostBreakdown.module.css';
import { Dot } from './Dot.tsx';
import { ScrollBox } from './ScrollBox.tsx';
import { Section } from './Section.tsx';

export function CostBreakdown({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const text = useReportText(comparison);
  const { priceBook } = comparison.scenario;
  const { replications } = comparison.provenance;
  return (
    <Section
      title={t('cost.title')}
      hint={replications > 1 ? t('cost.hint', { count: replications }) : t('cost.hintOne')}
    >
      <ScrollBox label={t('cost.title')}>
        <table className={`numbers ${classes.table}`}>
          <thead>
            <tr>
              <th scope="col">{t('cost.item')}</th>
              <th scope="col">{t('cost.hours')}</th>
              <th scope="col">{t('cost.perHour')}</th>
              <th scope="col">{t('cost.amount')}</th>
            </tr>
          </thead>
          {comparison.strategies.map((strategy, index) => (
            <StrategyItems key={strategy.name} {...{ strategy, index, text }} />
          ))}
        </table>
      </ScrollBox>
      <p className={classes.source}>
        {t('cost.prices', { name: priceBook.name, asOf: priceBook.asOf })}
        <span>
          {t('cost.source')}: <PriceSource text={priceBook.source} />
        </span>
      </p>
    </Section>
  );
}

interface Props {
  readonly strategy: StrategyResult;
  readonly index: number;
  readonly text: ReportText;
}

function StrategyItems({ strategy, index, text }: Props) {
  const language = useLanguage();
  const total = text.table.rows.find(({ measure }) => measure === 'cost')?.cells[index];
  return (
    <tbody>
      <tr className={classes.strategy}>
        <th scope="rowgroup" colSpan={3}>
          <span className={classes.name}>
            <Dot color={text.colour(strategy.name)} />
            {strategy.title[language]}
          </span>
        </th>
        <td>{total?.value}</td>
      </tr>
      {meanCostItems(strategy).map((item) => (
        <tr key={`${item.item} ${item.type} ${item.plan} ${item.perHour}`}>
          <td>
            {itemLabel(item.item, language)}{' '}
            <span className={classes.type}>
              {item.type} · {item.plan}
            </span>
          </td>
          <td>{text.hours(item.hours)}</td>
          <td>{text.price(item.perHour)}</td>
          <td>{text.money(item.amount)}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** A link only where it is one: the text comes from a file. */
function PriceSource({ text }: { readonly text: string }) {
  if (!/^https:\/\/\S+$/.test(text)) return <>{text}</>;
  return (
    <a href={text} target="_blank" rel="noreferrer noopener">
      {text}
    </a>
  );
}
