import { Alert, Button, Loader, Stack, Text, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { CodedMessageText, valueWords } from '../../store/coded-message-text';
import { entityStore } from '../../store/entity-store';
import { useAll, useArea } from '../../store/use-entities';
import { Failure } from '../../ui/failure';
import { PageSpinner } from '../../ui/page-spinner';
import { PageHead } from '../parts/page-head';
import classes from '../setup.module.css';
import { ComparisonTable } from './comparison-table';
import { DifferencesTable } from './differences-table';
import own from './policies.module.css';
import { spanInWords } from './span-words';
import { Trail } from './trail';
import {
  addressOf,
  currentOf,
  type DryRun,
  HOME,
  isUnderWay,
  RUN_STEPS,
  useDryRun,
  usePolicies,
} from './use-policies';
import { useWords } from './use-words';

/** One dry run: how far it is, then what would have been different. */
export function DryRunPage() {
  const { t } = useTranslation('setup');
  const { id = '' } = useParams();
  const { data, error, refetch } = useDryRun(id);
  // With them comes the zone by whose clock the day is named.
  useAll(entityStore.areas);
  const over = { to: `${HOME}/runs`, label: t('policies.runs.title') };
  return (
    <div className={classes.page}>
      <Trail over={over} here={data ? spanInWords(data) : '…'} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      {data && <Run run={data} />}
    </div>
  );
}

function Run({ run }: { run: DryRun }) {
  const { t } = useTranslation('setup');
  const words = useWords();
  const area = useArea(run.areaId);
  const where = run.areaId === null ? t('workers.allAreas') : (area?.name ?? '–');
  return (
    <>
      <PageHead
        title={t('policies.runs.of', { name: words.name(run.serviceTypeId) })}
        lead={`${spanInWords(run)} · ${where}`}
      >
        <Button
          component={Link}
          to={`${addressOf(run.serviceTypeId)}?run=${run.id}`}
          variant="default"
          leftSection={<IconPencil size={16} />}
        >
          {t('policies.runs.goOn')}
        </Button>
      </PageHead>
      <Stack gap="lg">
        {isUnderWay(run) && <Progress run={run} />}
        {run.error && (
          <Alert color="red" variant="light" role="alert" title={t('policies.runs.failed')}>
            <CodedMessageText
              of={run.error}
              words={t(`policies.runs.failure.${run.error.code}`, valueWords(run.error))}
            />
          </Alert>
        )}
        {run.result && <ComparisonTable result={run.result} />}
        <Tried run={run} />
        {run.result && (
          <details className={own.assumptions}>
            <summary>{t('policies.runs.assumptions.title')}</summary>
            <ul>
              {run.result.assumptions.map((one) => (
                <li key={one.code}>
                  <CodedMessageText
                    of={one}
                    words={t(`policies.runs.assumptions.${one.code}`, valueWords(one))}
                  />
                </li>
              ))}
            </ul>
          </details>
        )}
      </Stack>
    </>
  );
}

function Progress({ run }: { run: DryRun }) {
  const { t } = useTranslation('setup');
  const at = RUN_STEPS.indexOf(run.state as (typeof RUN_STEPS)[number]);
  return (
    <div role="status" className={own.progress}>
      <ol>
        {RUN_STEPS.map((step, i) => (
          <li key={step} aria-current={i === at ? 'step' : undefined} data-done={i < at}>
            {i === at && <Loader size={14} aria-hidden />}
            {t(`policies.runs.step.${step}`)}
          </li>
        ))}
      </ol>
      <Text size="sm" c="dimmed">
        {t('policies.runs.leave')}
      </Text>
    </div>
  );
}

/** What the policy tried says other than the one that holds now. */
function Tried({ run }: { run: DryRun }) {
  const { t } = useTranslation('setup');
  const { data } = usePolicies();
  if (!data) return null;
  const current = currentOf(data, run.serviceTypeId);
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('policies.runs.tried')}
      </Title>
      <DifferencesTable
        one={{
          title: current
            ? t('policies.runs.holds', { version: current.version })
            : t('policies.runs.holdsNone'),
          body: current?.body ?? {},
        }}
        other={{ title: t('policies.runs.triedColumn'), body: run.policy }}
      />
    </section>
  );
}
