/** The colour of a strategy, the same on every page: by its place in the scenario. */
import { strategyColor } from '../lib/colors.ts';
import { useDark } from '../lib/use-dark.ts';

export function StrategyDot({ index, size = 9 }: { readonly index: number; readonly size?: number }) {
  const background = strategyColor(index, useDark());
  const style = { width: size, height: size, borderRadius: '50%', flex: 'none', background };
  return <span aria-hidden="true" style={style} />;
}
