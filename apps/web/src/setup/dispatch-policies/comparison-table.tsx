import { Table, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconEqual, IconQuestionMark } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/__generated__/schema';
import { duration, metres, numberText } from '../../ui/format';
import {
  type ComparisonVerdict,
  compare,
  type DayScores,
  type Kind,
  type Measure,
  tally,
} from './comparison';
import { exactSeconds } from './exact';
import classes from './policies.module.css';

const ICONS: Record<ComparisonVerdict, typeof IconEqual> = {
  better: IconArrowUpRight,
  worse: IconArrowDownRight,
  same: IconEqual,
  unknown: IconQuestionMark,
};

/** What happened, the same time again under the present policy, and under the one tried. */
export function ComparisonTable({ result }: { result: components['schemas']['DryRunResultView'] }) {
  const { t } = useTranslation('setup');
  const measures = compare(result);
  const { better, worse } = tally(measures);
  const { present, proposed, recorded } = result;
  if (recorded.jobs === 0)
    return (
      <Text fw={550} role="status">
        {t('policies.runs.noJobs')}
      </Text>
    );
  return (
    <section aria-label={t('policies.runs.comparison')}>
      <Text fw={600} size="lg" role="status">
        {better === 0 && worse === 0
          ? t('policies.runs.noDifference')
          : t('policies.runs.summary', { better, worse, of: measures.length })}
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t('policies.runs.counted', { count: recorded.jobs, workers: recorded.workersOnDuty })}
      </Text>
      <Table.ScrollContainer minWidth={340}>
        <Table verticalSpacing={8} className={classes.comparison}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('policies.runs.measure')}</Table.Th>
              <Table.Th ta="right">{t('policies.runs.present')}</Table.Th>
              <Table.Th ta="right">{t('policies.runs.proposed')}</Table.Th>
              <Table.Th ta="right" c="dimmed">
                {t('policies.runs.recorded')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {measures.map((measure) => (
              <Row key={measure.name} measure={measure} sheets={{ present, proposed, recorded }} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed" mt="xs" maw={640}>
        {t('policies.runs.whichToCompare')}
      </Text>
    </section>
  );
}

interface RowProps {
  measure: Measure;
  sheets: Record<'present' | 'proposed' | 'recorded', DayScores>;
}

function Row({ measure: { name, kind, verdict, by, ...values }, sheets }: RowProps) {
  const { t } = useTranslation('setup');
  const figure = useFigures();
  const Icon = ICONS[verdict];
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {t(`policies.measure.${name}`)}
        <span className={classes.verdict} data-verdict={verdict}>
          <Icon size={15} aria-hidden />
          {t(`policies.verdict.${verdict}`, { by: by === null ? '' : figure(kind, by, true) })}
        </span>
      </Table.Th>
      {(['present', 'proposed', 'recorded'] as const).map((which) => (
        <Table.Td
          key={which}
          ta="right"
          className="tnum"
          fw={which === 'proposed' ? 600 : undefined}
          c={which === 'recorded' ? 'dimmed' : undefined}
        >
          {figure(kind, values[which])}
          {name === 'travel' && (
            <Text size="xs" c="dimmed">
              {metres(sheets[which].travelMetres)}
            </Text>
          )}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** Figures by kind; `apart` is a difference of two, in which a share counts in points. */
function useFigures() {
  const { t, i18n } = useTranslation('setup');
  const number = (value: number, digits: number) => numberText(value, { maximumFractionDigits: digits });
  return (kind: Kind, value: number | null, apart = false): string => {
    if (value === null) return '–';
    if (kind === 'share')
      return apart
        ? t('policies.points', { points: number(value * 100, 1) })
        : numberText(value, { style: 'percent', maximumFractionDigits: 1 });
    // To the second while seconds matter.
    if (kind === 'seconds')
      return value < 600 ? exactSeconds(i18n.language, Math.round(value)) : duration(value);
    return number(value, kind === 'gini' ? 2 : 1);
  };
}
