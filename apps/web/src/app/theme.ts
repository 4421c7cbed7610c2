import { createTheme, type MantineColorsTuple } from '@mantine/core';

const door: MantineColorsTuple = [
  '#eafaf7',
  '#d3f2ec',
  '#a5e4d9',
  '#74d6c5',
  '#4ecab5',
  '#2fb8a1',
  '#1a9c88',
  '#0f766e',
  '#0b615b',
  '#064b46',
];

/** Calm: one accent, neutral greys, small radii. States have their own colours in tokens.css. */
export const theme = createTheme({
  primaryColor: 'door',
  primaryShade: { light: 7, dark: 6 },
  colors: { door },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  autoContrast: true,
  respectReducedMotion: true,
  focusRing: 'auto',
  headings: { fontWeight: '600' },
});
