import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

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
  primaryShade: 7,
  colors: { door },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  autoContrast: true,
  respectReducedMotion: true,
  focusRing: 'auto',
  headings: { fontWeight: '600' },
  components: {
    // Their title bars are no banner of the page.
    Drawer: { defaultProps: { attributes: { header: { role: 'none' } } } },
    Modal: { defaultProps: { attributes: { header: { role: 'none' } } } },
    Select: { defaultProps: { comboboxProps: { withinPortal: false } } },
    MultiSelect: { defaultProps: { comboboxProps: { withinPortal: false } } },
    Autocomplete: { defaultProps: { comboboxProps: { withinPortal: false } } },
    TagsInput: { defaultProps: { comboboxProps: { withinPortal: false } } },
  },
});

const ours = {
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-text': 'var(--ink)',
};

/** Mantine's quiet text is too quiet for WCAG AA: it takes our inks. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: ours,
  dark: { ...ours, '--mantine-color-body': 'var(--surface)', '--mantine-color-default': 'var(--surface)' },
});
