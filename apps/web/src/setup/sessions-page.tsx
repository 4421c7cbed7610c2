import { Badge, Box, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api';
import ChangePassword from '../session/change-password';
import { Failure } from '../ui/failure';
import { clockTime } from '../ui/format';
import { OnlineButton } from '../ui/online-button';
import { PageSpinner } from '../ui/page-spinner';
import { FormError } from './parts/form-error';
import { PageHead } from './parts/page-head';
import { useSave } from './parts/use-save';
import classes from './setup.module.css';

/** `Chrome, Linux` from a browser's long description of itself. */
function device(userAgent: string | null): string {
  if (!userAgent) return '–';
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1] ?? userAgent.slice(0, 30);
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(userAgent)?.[1];
  return [browser.replace('Edg', 'Edge').replace('OPR', 'Opera'), system].filter(Boolean).join(', ');
}

/** Where this person is signed in. */
export default function SessionsPage() {
  const { t } = useTranslation('setup');
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: () => api.getAll('/sessions'),
    staleTime: 0,
  });
  const end = useSave((key, id: string) => api.delete('/sessions/{id}', { path: { id }, key }), {
    keys: [['sessions']],
    says: t('sessions.ended'),
  });
  const now = Date.now();
  return (
    <div className={classes.page}>
      <PageHead title={t('nav.sessions')} lead={t('sessions.lead')} />
      <Box mb="lg">
        <ChangePassword />
      </Box>
      <FormError error={end.error} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      {data && (
        <Table.ScrollContainer minWidth={560}>
          <Table verticalSpacing={7}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('sessions.device')}</Table.Th>
                <Table.Th>{t('sessions.address')}</Table.Th>
                <Table.Th>{t('sessions.since')}</Table.Th>
                <Table.Th>{t('keys.used')}</Table.Th>
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    {device(one.userAgent)} {one.current && <Badge size="sm">{t('sessions.this')}</Badge>}
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm">{one.address ?? '–'}</Text>
                  </Table.Td>
                  <Table.Td className="tnum">{clockTime(one.createdAt, now)}</Table.Td>
                  <Table.Td className="tnum">{clockTime(one.usedAt, now)}</Table.Td>
                  <Table.Td>
                    {!one.current && (
                      <OnlineButton
                        size="compact-sm"
                        color="red"
                        variant="subtle"
                        onClick={() => end.save(one.id)}
                      >
                        {t('sessions.end')}
                      </OnlineButton>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  );
}
