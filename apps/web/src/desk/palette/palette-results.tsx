import { Text } from '@mantine/core';
import { IconBolt, IconMapPin, IconPolygon, IconUser } from '@tabler/icons-react';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { appearance } from '../../app/appearance-store';
import { setLanguage } from '../../i18n';
import { session } from '../../session/session';
import { world } from '../../world/world';
import classes from './palette.module.css';
import { type Entry, findEntries } from './palette-entries';
import { verbsOf } from './palette-verbs';

export type PaletteKey = 'ArrowDown' | 'ArrowUp' | 'Enter';

export interface ResultsProps {
  text: string;
  /** Keys from before this part was there; taken once. */
  early: PaletteKey[];
  /** Takes the keys of the field from now on. */
  keys: RefObject<((key: PaletteKey) => void) | null>;
  /** The id of the row that Enter chooses. */
  onActive: (id: string | undefined) => void;
  onClose: () => void;
  onOpen: (door: 'alerts' | 'shortcuts' | 'create') => void;
}

const verbId = (at: number): string => `verb ${at}`;
const ICONS = { action: IconBolt, job: IconMapPin, worker: IconUser, area: IconPolygon };

export default function PaletteResults({ text, early, keys, onActive, onClose, onOpen }: ResultsProps) {
  const { t, i18n } = useTranslation('desk');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const jobId = search.get('job');
  const [{ active, forText }, setActive] = useState({ active: 0, forText: text });
  if (forText !== text) setActive({ active: 0, forText: text });
  const actions: Record<string, { label: string; run: () => void }> = {
    create: { label: t('create.open'), run: () => onOpen('create') },
    map: { label: t('palette.map'), run: () => navigate('/') },
    board: { label: t('palette.board'), run: () => navigate('/board') },
    plan: { label: t('palette.plan'), run: () => navigate('/plan') },
    sheet: { label: t('palette.sheet'), run: () => navigate('/sheet') },
    alerts: { label: t('palette.alerts'), run: () => onOpen('alerts') },
    unassigned: {
      label: t('palette.unassigned'),
      run: () => navigate('/?state=unassigned,offering,unfulfilled'),
    },
    workers: { label: t('palette.workers'), run: () => navigate('/?tab=workers') },
    setup: { label: t('palette.setup'), run: () => navigate('/setup') },
    shortcuts: { label: t('shortcuts.title'), run: () => onOpen('shortcuts') },
    theme: {
      label: t('palette.theme'),
      run: () => appearance.set({ scheme: appearance.get().scheme === 'dark' ? 'light' : 'dark' }),
    },
    language: {
      label: t('palette.language'),
      run: () => void setLanguage(i18n.language === 'zh' ? 'en' : 'zh'),
    },
    signOut: { label: t('common:person.signOut'), run: () => void session.signOut() },
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words differ by language
  const verbs = useMemo(() => verbsOf(jobId), [jobId, t]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the actions differ only by language
  const entries = useMemo(
    () =>
      findEntries(text, {
        verbs: verbs.map(({ label, detail }, at) => ({ id: verbId(at), label, detail })),
        actions: Object.entries(actions).map(([id, { label }]) => ({ id, label })),
        jobs: world.jobs.all(),
        workers: world.workers.all(),
        areas: world.areas.all(),
        stateWord: (job) => t(`common:state.${job.state}`),
        statusWord: (worker) => t(`common:status.${worker.status}`),
      }),
    [text, t, verbs],
  );
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    if (entry.kind === 'action') (actions[entry.id] ?? verbs.find((_, at) => verbId(at) === entry.id))?.run();
    else if (entry.kind === 'job') navigate(`/?job=${entry.id}`);
    else if (entry.kind === 'worker') navigate(`/?tab=workers&worker=${entry.id}`);
    else navigate(`/?area=${entry.id}`);
  };
  const after = (at: number, key: 'ArrowDown' | 'ArrowUp') =>
    Math.min(entries.length - 1, Math.max(0, at + (key === 'ArrowDown' ? 1 : -1)));
  useLayoutEffect(() => {
    keys.current = (key) => {
      if (key === 'Enter') choose(entries[active]);
      else setActive({ active: after(active, key), forText: text });
    };
    return () => {
      keys.current = null;
    };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when this part arrives
  useEffect(() => {
    let at = 0;
    for (const key of early.splice(0)) {
      if (key === 'Enter') return choose(entries[at]);
      at = after(at, key);
    }
    setActive({ active: at, forText: text });
  }, []);
  const activeId = entries[active] ? `palette-${active}` : undefined;
  useEffect(() => onActive(activeId), [activeId, onActive]);
  return (
    <>
      <div id="palette-list" role="listbox" aria-label={t('palette.results')} className={classes.list}>
        {entries.map((entry, index) => {
          const Icon = ICONS[entry.kind];
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above moves and chooses by keyboard
            <div
              key={`${entry.kind} ${entry.id}`}
              id={`palette-${index}`}
              ref={index === active ? (row) => row?.scrollIntoView({ block: 'nearest' }) : undefined}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={classes.option}
              onMouseMove={() => index !== active && setActive({ active: index, forText: text })}
              onClick={() => choose(entry)}
            >
              <Icon size={17} aria-hidden />
              <span>{entry.label}</span>
              {'detail' in entry && entry.detail && <span className={classes.detail}>{entry.detail}</span>}
            </div>
          );
        })}
      </div>
      {entries.length === 0 && (
        <Text size="sm" c="dimmed" p="sm" role="status">
          {t('palette.nothing')}
        </Text>
      )}
    </>
  );
}
