import { Anchor, Breadcrumbs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { HOME } from './use-policies';

/** Where one is below the list of policies. */
export function Trail({ here, over }: { here: string; over?: { to: string; label: string } }) {
  const { t } = useTranslation('setup');
  const steps = [{ to: HOME, label: t('nav.dispatch-policies') }, ...(over ? [over] : [])];
  return (
    <Breadcrumbs mb="xs" style={{ flexWrap: 'wrap' }}>
      {steps.map(({ to, label }) => (
        <Anchor key={to} component={Link} to={to} size="sm">
          {label}
        </Anchor>
      ))}
      <Text size="sm">{here}</Text>
    </Breadcrumbs>
  );
}
