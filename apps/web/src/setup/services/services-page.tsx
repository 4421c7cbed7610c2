import { Anchor, Badge, Button, Table } from '@mantine/core';
import { IconPlus, IconTools } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceType } from '../../api/types';
import { useCan } from '../../session/use-can';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { Empty } from '../../ui/empty';
import { duration, price } from '../../ui/format';
import { PageHead } from '../parts/page-head';
import classes from '../setup.module.css';
import { ServiceForm } from './service-form';

/** What can be booked, and at what price. */
export default function ServicesPage() {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'ServiceType');
  const types = useAll(entityStore.serviceTypes);
  const [open, setOpen] = useState<ServiceType | 'new' | null>(null);
  return (
    <div className={classes.page}>
      <PageHead title={t('nav.services')} lead={t('services.lead')}>
        {may && (
          <Button leftSection={<IconPlus size={17} />} onClick={() => setOpen('new')}>
            {t('services.add')}
          </Button>
        )}
      </PageHead>
      {types.length === 0 ? (
        <Empty icon={<IconTools />} title={t('services.none')} text={t('services.noneText')} />
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table highlightOnHover verticalSpacing={7}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('name')}</Table.Th>
                <Table.Th>{t('services.code')}</Table.Th>
                <Table.Th>{t('services.duration')}</Table.Th>
                <Table.Th>{t('services.price')}</Table.Th>
                <Table.Th>{t('workers.skills')}</Table.Th>
                <Table.Th>{t('services.proof')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[...types]
                .sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name))
                .map((type) => (
                  <Table.Tr key={type.id}>
                    <Table.Td>
                      <Anchor component="button" type="button" size="sm" onClick={() => setOpen(type)}>
                        {type.name}
                      </Anchor>{' '}
                      {!type.active && (
                        <Badge size="xs" color="gray">
                          {t('inactive')}
                        </Badge>
                      )}
                    </Table.Td>
                    <Table.Td>{type.code}</Table.Td>
                    <Table.Td className="tnum">{duration(type.durationSeconds)}</Table.Td>
                    <Table.Td className="tnum">
                      {type.priceMinor !== null && type.priceCurrency
                        ? price(type.priceMinor, type.priceCurrency)
                        : '–'}
                    </Table.Td>
                    <Table.Td>
                      {type.skills.map((s) => (s.level ? `${s.skill} ≥ ${s.level}` : s.skill)).join(', ')}
                    </Table.Td>
                    <Table.Td>{type.proofRequired.map((kind) => t(`proof.${kind}`)).join(', ')}</Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {open && (
        <ServiceForm
          key={open === 'new' ? 'new' : open.id}
          type={open === 'new' ? null : open}
          may={may}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
