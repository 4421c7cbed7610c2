import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withTexts } from '../../i18n';
import { liveSync } from '../../store/live-sync';
import { useStore } from '../../store/use-store';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { whenIdle } from '../../ui/when-idle';
import classes from './palette.module.css';
import type { PaletteKey, ResultsProps } from './palette-results';

const Results = lazyWithRetry(() => withTexts(import('./palette-results'), 'call'));

const KEYS = new Set<string>(['ArrowDown', 'ArrowUp', 'Enter'] satisfies PaletteKey[]);

/** Fetches what the palette finds with, once the page itself is there and nobody asks for anything. */
export function usePaletteAtHand(): void {
  const { loaded } = useStore(liveSync);
  useEffect(() => {
    if (loaded) return whenIdle(Results.preload);
  }, [loaded]);
}

/**
 * The field is there with the key that asks for it, and takes what is typed at once; what it finds may come later, and
 * then does what was asked meanwhile.
 */
export function CommandPalette(props: Pick<ResultsProps, 'onClose' | 'onOpen'>) {
  const { t } = useTranslation('desk');
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [active, setActive] = useState<string | undefined>();
  const [listed, setListed] = useState(false);
  const onActive = useCallback((id: string | undefined) => {
    setListed(true);
    setActive(id);
  }, []);
  const results = useRef<((key: PaletteKey) => void) | null>(null);
  const early = useRef<PaletteKey[]>([]);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!KEYS.has(event.key) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (results.current) results.current(event.key as PaletteKey);
    else early.current.push(event.key as PaletteKey);
  };
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-label={t('palette.open')}
      onClose={() => !dialog.current?.open && props.onClose()}
      onClick={(event) => event.target === dialog.current && props.onClose()}
      // Escape lets go of the palette, and of nothing behind it.
      onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
    >
      <div className={classes.inside}>
        <TextInput
          autoFocus
          size="md"
          role="combobox"
          autoComplete="off"
          aria-expanded={listed}
          aria-controls={listed ? 'palette-list' : undefined}
          aria-activedescendant={active}
          aria-label={t('palette.open')}
          placeholder={t('palette.placeholder')}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <LazyBoundary>
          <Results {...props} text={text} early={early.current} keys={results} onActive={onActive} />
        </LazyBoundary>
      </div>
    </dialog>
  );
}
