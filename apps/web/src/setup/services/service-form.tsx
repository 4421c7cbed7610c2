import { Checkbox, Group, NumberInput, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { minorDigits, PROOF_KINDS } from '#kernel';
import { api } from '../../api/api';
import type { ServiceType } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { SetupDrawer } from '../parts/setup-drawer';
import { useSetupForm } from '../parts/use-setup-form';
import { useSkillNames } from '../skills/use-skills';
import { ChecklistEditor } from './checklist-editor';
import { bodyOf, draftOf } from './service-draft';

interface Props {
  /** null = a new one. */
  type: ServiceType | null;
  may: boolean;
  onClose: () => void;
}

export function ServiceForm({ type, may, onClose }: Props) {
  const { t } = useTranslation('setup');
  const form = useSetupForm({
    initial: draftOf(type),
    may,
    send: (key, draft) => {
      const body = bodyOf(draft);
      return type
        ? api.patch('/service-types/{id}', { path: { id: type.id }, key, body, version: type.version })
        : api.post('/service-types', { key, body });
    },
    done: (saved) => {
      entityStore.serviceTypes.put(saved);
      onClose();
    },
  });
  const { names } = useSkillNames();
  const decimals = minorDigits(form.values.currency.trim());
  return (
    <SetupDrawer form={form} size={460} title={type?.name ?? t('services.add')} onClose={onClose}>
      <TextInput label={t('name')} required data-autofocus maxLength={200} {...form.getInputProps('name')} />
      <TextInput
        label={t('services.code')}
        description={t('services.codeHint')}
        required
        maxLength={120}
        {...form.getInputProps('code')}
      />
      <Group grow>
        <NumberInput
          label={t('services.minutes')}
          min={1}
          max={20_160}
          {...form.getInputProps('minutes')}
          error={form.fault('durationSeconds')}
        />
        <NumberInput label={t('services.priority')} min={0} max={100} {...form.getInputProps('priority')} />
      </Group>
      <Group grow>
        <NumberInput
          label={t('services.price')}
          min={0}
          decimalScale={decimals}
          {...form.getInputProps('price')}
          error={form.fault('priceMinor')}
        />
        <NumberInput
          label={t('services.pay')}
          min={0}
          decimalScale={decimals}
          {...form.getInputProps('pay')}
          error={form.fault('payMinor')}
        />
        <TextInput
          label={t('services.currency')}
          maxLength={3}
          {...form.getInputProps('currency')}
          error={form.fault('priceCurrency', 'payCurrency')}
        />
      </Group>
      <TagsInput
        label={t('services.skills')}
        description={t('services.skillsHint')}
        data={names}
        {...form.getInputProps('skills')}
      />
      <TagsInput label={t('workers.equipment')} {...form.getInputProps('equipment')} />
      <Checkbox.Group label={t('services.proof')} {...form.getInputProps('proofRequired')}>
        <Group mt="xs">
          {PROOF_KINDS.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`proof.${kind}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <ChecklistEditor
        steps={form.values.checklist}
        onChange={(checklist) => form.setFieldValue('checklist', checklist)}
      />
      <Switch label={t('services.active')} {...form.getInputProps('active', { type: 'checkbox' })} />
    </SetupDrawer>
  );
}
