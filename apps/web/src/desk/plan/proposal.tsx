import { Anchor, Button, Group, Switch } from '@mantine/core';
import { IconMap2, IconMoodSmile } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DayPlan, DayProposal } from '../../api/types';
import { CodedMessageText, valueWords } from '../../store/coded-message-text';
import { Empty } from '../../ui/empty';
import { mapAddress } from '../view/saved-pages';
import { ApplyBar } from './apply-bar';
import { StripHours, spanOf } from './day-strip';
import { Outcome } from './outcome';
import classes from './plan.module.css';
import { appearanceOf } from './plan-appearance';
import { usePlanJobs } from './plan-jobs';
import { PlanTotals } from './plan-totals';
import { dayRows, unplacedJobs } from './proposal-rows';
import { Unplaced, Untouched } from './unplaced';
import { isOpen } from './use-plan';
import { WorkerDay } from './worker-day';

/** Days opened from the start; of more than this the reader opens those that matter. */
const OPEN_AT_ONCE = 6;

/** The proposed day: totals, a row a worker, what found no place, and what to do with it. */
export function Proposal({
  plan,
  proposal,
  mayAct,
}: {
  plan: DayPlan;
  proposal: DayProposal;
  mayAct: boolean;
}) {
  const { t } = useTranslation('plan');
  const jobOf = usePlanJobs(plan);
  const look = useMemo(() => appearanceOf(plan, jobOf), [plan, jobOf]);
  const rows = useMemo(() => dayRows(proposal), [proposal]);
  const changed = rows.filter((row) => row.changes.length + row.away.length > 0);
  const unplaced = useMemo(() => unplacedJobs(proposal, look.jobOf), [proposal, look]);
  const [everybody, setEverybody] = useState(false);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  // What is not wanted: everything else is chosen, so that a proposal can be applied as it comes.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const choosable = useMemo(
    () => new Set(rows.flatMap((row) => row.changes).filter((id) => !look.applied.has(id))),
    [rows, look],
  );
  const choose = useCallback((jobIds: string[], chosen: boolean) => {
    setLeft((before) => {
      const after = new Set(before);
      for (const id of jobIds) chosen ? after.delete(id) : after.add(id);
      return after;
    });
  }, []);
  const open = useCallback(
    (workerId: string, yes: boolean) => setToggled((before) => new Map(before).set(workerId, yes)),
    [],
  );
  const shown = everybody ? rows : changed;
  const span = useMemo(() => spanOf(rows), [rows]);
  const openAtOnce = changed.length <= OPEN_AT_ONCE;
  const mayChoose = mayAct && isOpen(plan);
  return (
    <>
      <Outcome plan={plan} look={look} />
      <PlanTotals proposal={proposal} />
      {changed.length === 0 && unplaced.length === 0 ? (
        <Empty icon={<IconMoodSmile />} title={t('days.none')} text={t('days.noneText')} />
      ) : (
        <section className={classes.block}>
          <Group justify="space-between" mb={6}>
            <h2 className={classes.blockTitle}>{t('days.title', { count: changed.length })}</h2>
            <Group gap="sm">
              {rows.length > changed.length && (
                <Switch
                  size="xs"
                  label={t('days.everybody', { count: rows.length })}
                  checked={everybody}
                  onChange={(e) => setEverybody(e.currentTarget.checked)}
                />
              )}
              {!openAtOnce && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() =>
                    setToggled(
                      toggled.size > 0 ? new Map() : new Map(shown.map((row) => [row.workerId, true])),
                    )
                  }
                >
                  {toggled.size > 0 ? t('days.closeAll') : t('days.openAll')}
                </Button>
              )}
              <Anchor
                component={Link}
                to={mapAddress({ planId: plan.id, jobId: null, workerId: null, at: null })}
                size="sm"
                className={classes.iconLink}
              >
                <IconMap2 size={16} aria-hidden /> {t('days.map')}
              </Anchor>
            </Group>
          </Group>
          {shown.length > 0 && <StripHours span={span} />}
          {shown.map((row) => (
            <WorkerDay
              key={row.workerId}
              row={row}
              span={span}
              look={look}
              open={toggled.get(row.workerId) ?? (openAtOnce && changed.includes(row))}
              onOpen={open}
              choosable={mayChoose ? choosable : null}
              left={left}
              onChoose={choose}
            />
          ))}
        </section>
      )}
      <Unplaced plan={plan} proposal={proposal} look={look} />
      <Untouched proposal={proposal} look={look} />
      {proposal.assumptions.length > 0 && (
        <ul className={classes.assumes} aria-label={t('assumes.title')}>
          {proposal.assumptions.map((one) => (
            <li key={one.code}>
              <CodedMessageText of={one} words={t(`assumes.${one.code}`, valueWords(one))} />
            </li>
          ))}
        </ul>
      )}
      {mayChoose && choosable.size > 0 && (
        <ApplyBar
          plan={plan}
          choosable={[...choosable]}
          chosen={[...choosable].filter((id) => !left.has(id))}
        />
      )}
    </>
  );
}
