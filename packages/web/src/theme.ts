/** Look of the page: colours with enough contrast in both schemes, quiet surfaces, one accent. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const SANS =
  'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", ' +
  '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** From text to background, with the blue tint of the dark surfaces. */
const DARK: MantineColorsTuple = [
  '#e8ecf2',
  '#c3cbd8',
  '#9aa5b5',
  '#6b7687',
  '#3a4250',
  '#2a303b',
  '#20262f',
  '#1a1e26',
  '#151920',
  '#12151b',
];

export const theme = createTheme({
  colors: { dark: DARK },
  primaryColor: 'indigo',
  primaryShade: 8,
  fontFamily: SANS,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: { fontFamily: SANS, fontWeight: '650' },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--page-width': '1360px' },
  light: {
    '--mantine-color-body': '#f6f7f9',
    '--mantine-color-dimmed': '#566070',
    '--surface': '#ffffff',
    '--surface-sunken': '#f1f3f6',
    '--surface-accent': '#eef2ff',
    '--line': '#e3e7ec',
    '--line-strong': '#cfd5dd',
    '--ink': '#1b2230',
    '--accent': '#364fc7',
    '--good': '#2b7a3d',
    '--good-soft': '#e6f5e9',
    '--bad': '#c02626',
    '--bad-soft': '#fdecec',
    '--warn': '#9a5b00',
    '--warn-soft': '#fff4dc',
    '--shadow': '0 1px 2px rgb(20 30 50 / 5%), 0 6px 20px rgb(20 30 50 / 5%)',
    '--shadow-lifted': '0 2px 4px rgb(20 30 50 / 7%), 0 14px 34px rgb(20 30 50 / 11%)',
  },
  dark: {
    '--mantine-color-body': '#12151b',
    '--mantine-color-dimmed': '#9aa5b5',
    '--surface': '#1a1e26',
    '--surface-sunken': '#151920',
    '--surface-accent': '#1d2440',
    '--line': '#2a303b',
    '--line-strong': '#3a4250',
    '--ink': '#e8ecf2',
    '--accent': '#91a7ff',
    '--good': '#69db7c',
    '--good-soft': '#16301d',
    '--bad': '#ff9090',
    '--bad-soft': '#3a1c1f',
    '--warn': '#ffc94d',
    '--warn-soft': '#33290f',
    '--shadow': '0 1px 2px rgb(0 0 0 / 35%)',
    '--shadow-lifted': '0 10px 30px rgb(0 0 0 / 45%)',
  },
});
