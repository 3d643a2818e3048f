/** The colour of a strategy or series; its name always stands beside it. */
export function Dot({ color, size = 9 }: { readonly color: string; readonly size?: number }) {
  const style = { width: size, height: size, borderRadius: '50%', flex: 'none', background: color };
  return <span aria-hidden="true" style={style} />;
}
