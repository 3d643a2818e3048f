/** The words and numbers of a comparison in the language of the page. */
import {
  type Comparison,
  comparisonTable,
  formatCount,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPrice,
  formatShare,
  label,
  type Message,
  renderContext,
  renderMessage,
  strategyColours,
} from '@peakless/engine';
import { useMemo } from 'react';
import { useLanguage } from './use-language.ts';

export function useReportText(comparison: Comparison) {
  const language = useLanguage();
  return useMemo(() => {
    const context = renderContext(comparison, language);
    const { currency } = comparison.scenario;
    const colours = strategyColours(
      comparison.strategies.map(({ name }) => name),
      comparison.baseline,
    );
    return {
      colour: (strategy: string) => colours.get(strategy) ?? 'currentColor',
      message: (message: Message) => renderMessage(message, language, context),
      label: (key: string) => label(key, language),
      table: comparisonTable(comparison, language),
      share: (value: number) => formatShare(value, language),
      duration: (value: number) => formatDuration(value, language),
      money: (value: number) => formatMoney(value, currency),
      price: (value: number) => formatPrice(value, currency),
      count: formatCount,
      hours: (value: number) => formatNumber(value, 2),
    };
  }, [comparison, language]);
}

export type ReportText = ReturnType<typeof useReportText>;
