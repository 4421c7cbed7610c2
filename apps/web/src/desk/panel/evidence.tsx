import { Badge } from '@mantine/core';
import { IconShieldCheck, IconShieldHalf, IconShieldX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { levelOf } from './evidence-level';
import classes from './panel.module.css';

interface Reason {
  code: string;
  points: number;
  values: Record<string, unknown>;
}

export interface Evidence {
  strength: number;
  reasons: Reason[];
}

export interface VisitEvidence {
  strength: number;
  reasons: (Reason & { about: string })[];
}

/** Level by colour, shape and word. */
const LOOKS = {
  strong: { color: 'green', Icon: IconShieldCheck },
  fair: { color: 'yellow', Icon: IconShieldHalf },
  weak: { color: 'red', Icon: IconShieldX },
} as const;

function useSentence() {
  const { t } = useTranslation('desk');
  return ({ code, values }: Reason): string => {
    const reason = code === 'FAR' ? `${code}_${values.from}` : code;
    return t(`evidence.reason.${reason}`, { ...values, defaultValue: code });
  };
}

/** What the completed visit rests on. */
export function VisitStrength({ evidence: { strength, reasons } }: { evidence: VisitEvidence }) {
  const { t } = useTranslation('desk');
  const sentence = useSentence();
  const { color, Icon } = LOOKS[levelOf(strength)];
  const about = (kind: string) => (kind === 'visit' ? '' : `${t(`proof.${kind}`)}: `);
  return (
    <div style={{ marginBottom: 8 }} data-testid="visit-evidence">
      <Badge color={color} variant="light" tt="none" leftSection={<Icon size={14} aria-hidden />}>
        {t('evidence.visit', { level: t(`evidence.level.${levelOf(strength)}`), strength })}
      </Badge>
      {reasons.length === 0 && <div className={classes.numbers}>{t('evidence.clean')}</div>}
      <Reasons lines={reasons.map((reason) => `${about(reason.about)}${sentence(reason)}`)} />
    </div>
  );
}

export function ItemStrength({ evidence: { strength, reasons } }: { evidence: Evidence }) {
  const { t } = useTranslation('desk');
  const sentence = useSentence();
  const { color, Icon } = LOOKS[levelOf(strength)];
  return (
    <>
      <Badge color={color} variant="light" size="sm" tt="none" leftSection={<Icon size={12} aria-hidden />}>
        {t('evidence.item', { level: t(`evidence.level.${levelOf(strength)}`), strength })}
      </Badge>
      <Reasons lines={reasons.map(sentence)} />
    </>
  );
}

function Reasons({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className={classes.numbers} style={{ margin: 0, paddingInlineStart: 16 }}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
