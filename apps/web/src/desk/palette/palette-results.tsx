import { Text } from '@mantine/core';
import { IconBolt, IconHandClick, IconMapPin, IconPhone, IconPolygon, IconUser } from '@tabler/icons-react';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { appearanceStore } from '../../app/appearance-store';
import { chooseLanguage } from '../../session/account-language';
import { can } from '../../session/can';
import { session } from '../../session/session';
import { entityStore } from '../../store/entity-store';
import { jobName } from '../../ui/job-number';
import { usePhoneWords } from '../../ui/phone-text';
import { jobDraft } from '../create/job-draft';
import { jobAddress, workerAddress } from '../view/saved-pages';
import classes from './palette.module.css';
import { type Entry, findEntries, firstMarked } from './palette-entries';
import { verbsOf } from './palette-verbs';
import { useFound } from './use-found';

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
const keyOf = (entry: Entry): string => `${entry.kind} ${entry.id}`;
const ICONS = {
  verb: IconHandClick,
  action: IconBolt,
  job: IconMapPin,
  caller: IconPhone,
  worker: IconUser,
  area: IconPolygon,
};

export default function PaletteResults({ text, early, keys, onActive, onClose, onOpen }: ResultsProps) {
  const { t, i18n } = useTranslation(['desk', 'call']);
  const shown = usePhoneWords();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const jobId = search.get('job');
  const job = entityStore.jobs.get(jobId);
  // What the arrow keys have marked, by its key: what is found later does not move it to another row.
  const [marked, mark] = useState<{ key: string; text: string } | null>(null);
  const { me } = session.get();
  const mayCreate = me !== null && can(me, 'create', 'Job');
  const { callers, earlier } = useFound(text, mayCreate);
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
      run: () => appearanceStore.set({ scheme: appearanceStore.get().scheme === 'dark' ? 'light' : 'dark' }),
    },
    language: {
      label: t('palette.language'),
      run: () => void chooseLanguage(i18n.language === 'zh' ? 'en' : 'zh'),
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
        jobs: entityStore.jobs.all(),
        workers: entityStore.workers.all(),
        areas: entityStore.areas.all(),
        callers: callers.map(({ name, phone, jobs }, at) => ({
          id: String(at),
          label: t('call:palette.newFor', { name: name ?? shown(phone) }),
          detail: `${shown(phone)} · ${t('call:caller.jobs', { count: jobs })}`,
        })),
        earlier,
        stateWord: (job) => t(`common:state.${job.state}`),
        statusWord: (worker) => t(`common:status.${worker.status}`),
      }),
    [text, t, verbs, callers, earlier, shown],
  );
  const kept = marked?.text === text ? entries.findIndex((entry) => keyOf(entry) === marked.key) : -1;
  const active = kept >= 0 ? kept : firstMarked(text, entries);
  const markRow = (at: number) => entries[at] && mark({ key: keyOf(entries[at]), text });
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    if (entry.kind === 'action') actions[entry.id]?.run();
    else if (entry.kind === 'verb') verbs.find((_, at) => verbId(at) === entry.id)?.run();
    else if (entry.kind === 'caller') {
      jobDraft.begin(callers[Number(entry.id)]!);
      onOpen('create');
    } else if (entry.kind === 'job') navigate(jobAddress(entry.id));
    else if (entry.kind === 'worker') navigate(workerAddress(entry.id));
    else navigate(`/?area=${entry.id}`);
  };
  const after = (at: number, key: 'ArrowDown' | 'ArrowUp') =>
    Math.min(entries.length - 1, Math.max(0, at + (key === 'ArrowDown' ? 1 : -1)));
  useLayoutEffect(() => {
    keys.current = (key) => {
      if (key === 'Enter') choose(entries[active]);
      else markRow(after(active, key));
    };
    return () => {
      keys.current = null;
    };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when this part arrives
  useEffect(() => {
    let at = active;
    for (const key of early.splice(0)) {
      if (key === 'Enter') return choose(entries[at]);
      at = after(at, key);
    }
    if (at !== active) markRow(at);
  }, []);
  const activeId = entries[active] ? `palette-${active}` : undefined;
  useEffect(() => onActive(activeId), [activeId, onActive]);
  return (
    <>
      <div id="palette-list" role="listbox" aria-label={t('palette.results')} className={classes.list}>
        {entries.map((entry, index) => {
          const Icon = ICONS[entry.kind];
          const begins = entry.kind === 'verb' && entries[index - 1]?.kind !== 'verb';
          const option = (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above moves and chooses by keyboard
            <div
              key={keyOf(entry)}
              id={`palette-${index}`}
              ref={index === active ? (row) => row?.scrollIntoView({ block: 'nearest' }) : undefined}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={classes.option}
              onMouseMove={() => index !== active && markRow(index)}
              onClick={() => choose(entry)}
            >
              <Icon size={17} aria-hidden />
              <span>{entry.label}</span>
              {'detail' in entry && entry.detail && <span className={classes.detail}>{entry.detail}</span>}
            </div>
          );
          if (!begins || !job) return option;
          return [
            <div key="with" role="presentation" className={classes.heading}>
              {t('call:palette.with', { job: jobName(job) })}
            </div>,
            option,
          ];
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
