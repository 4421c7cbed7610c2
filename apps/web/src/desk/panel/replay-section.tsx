import { ActionIcon, Button, Group, Slider, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import type { Fix, Track } from '../../api/types';
import { useSend } from '../../api/use-send';
import { businessClock } from '../../live/business-clock';
import { clockTime } from '../../ui/format';
import { OnlineButton } from '../../ui/online-button';
import { toaster } from '../../ui/toaster';
import { wordsOf } from '../actions/job-actions';
import classes from './panel.module.css';
import { placeAt } from './place-at';
import { replay, useReplay } from './replay';

const REPLAY_HOURS = 4;
/** Two minutes of the day in a second, in steps that look smooth. */
const SPEED = 120;
const STEP_MS = 50;

/** The worker's last hours on the map: by slider, or played. */
export function ReplaySection({ workerId }: { workerId: string }) {
  const { t } = useTranslation('desk');
  const { fixes, at } = useReplay(workerId);
  const load = useSend(() => lastHours(workerId), {
    onSuccess: (points) => {
      replay.show(workerId, points);
      if (points.length < 2) toaster.show(t('replay.empty'));
    },
    onError: (problem) => toaster.show(wordsOf(problem), 'problem'),
  });
  return (
    <section className={classes.section}>
      <h3 className={classes.sectionTitle}>{t('replay.title')}</h3>
      {fixes.length < 2 ? (
        <OnlineButton size="xs" variant="default" loading={load.isPending} onClick={() => load.send()}>
          {t('replay.show', { count: REPLAY_HOURS })}
        </OnlineButton>
      ) : (
        <Player fixes={fixes} at={at} />
      )}
    </section>
  );
}

function Player({ fixes, at }: { fixes: readonly Fix[]; at: number }) {
  const { t } = useTranslation('desk');
  const [playing, setPlaying] = useState(false);
  const begin = Date.parse(fixes[0]!.fixAt);
  const end = Date.parse(fixes.at(-1)!.fixAt);
  const goesOn = playing && at < end;
  useEffect(() => {
    if (!goesOn) return;
    const timer = setInterval(() => replay.seek(Math.min(end, replay.get().at + STEP_MS * SPEED)), STEP_MS);
    return () => clearInterval(timer);
  }, [goesOn, end]);
  const play = () => {
    if (at >= end) replay.seek(begin);
    setPlaying(!goesOn);
  };
  const now = businessClock.now();
  const silentSince = placeAt(fixes, at)?.silentSince;
  return (
    <>
      <Group gap="xs">
        <ActionIcon
          variant="default"
          size={30}
          aria-label={goesOn ? t('replay.pause') : t('replay.play')}
          onClick={play}
        >
          {goesOn ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        </ActionIcon>
        <Text size="sm" className="tnum" flex={1}>
          {clockTime(at, now)}
          {silentSince && ` · ${t('replay.silent', { time: clockTime(silentSince, now) })}`}
        </Text>
        <Button size="compact-xs" variant="subtle" onClick={() => replay.clear()}>
          {t('replay.hide')}
        </Button>
      </Group>
      <Slider
        thumbLabel={t('replay.slider')}
        min={begin}
        max={end}
        step={1_000}
        value={at}
        onChange={(value) => {
          setPlaying(false);
          replay.seek(value);
        }}
        label={(value) => clockTime(value)}
        thumbValueText={(value) => clockTime(value)}
      />
    </>
  );
}

/** The whole track; the server gives it piece by piece. */
async function lastHours(workerId: string): Promise<Fix[]> {
  const end = businessClock.now();
  const to = new Date(end).toISOString();
  const points: Fix[] = [];
  let from: string | null = new Date(end - REPLAY_HOURS * 3_600_000).toISOString();
  while (from) {
    const piece: Track = await api.get('/workers/{id}/track', {
      path: { id: workerId },
      query: { from, to },
    });
    points.push(...piece.points);
    from = piece.nextFrom;
  }
  return points;
}
