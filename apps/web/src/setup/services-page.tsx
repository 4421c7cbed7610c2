import {
  ActionIcon,
  Anchor,
  Badge,
  Button,
  Checkbox,
  Drawer,
  Group,
  NumberInput,
  Stack,
  Switch,
  Table,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTools, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { majorOf, minorDigits, moneyOf } from '#kernel';
import { call } from '../api/call';
import type { ServiceType } from '../api/types';
import { Empty } from '../ui/empty';
import { duration, price } from '../ui/format';
import { useUnsaved } from '../ui/use-unsaved';
import { useAll } from '../world/use-world';
import { world } from '../world/world';
import { FormError } from './parts/form-error';
import { useMay } from './parts/may';
import { PageHead } from './parts/page-head';
import { useSave } from './parts/use-save';
import classes from './setup.module.css';

const PROOFS = ['photo', 'signature', 'scan', 'note'] as const;

export default function ServicesPage() {
  const { t } = useTranslation('setup');
  const may = useMay('serviceType');
  const types = useAll(world.serviceTypes);
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

/** `gas:3` as a tag of the form. */
const skillTag = ({ skill, level }: { skill: string; level?: number }) =>
  level ? `${skill}:${level}` : skill;
function readSkillTag(tag: string): { skill: string; level?: number } {
  const match = /^(.+):([1-5])$/.exec(tag.trim());
  return match ? { skill: match[1]!.trim(), level: Number(match[2]) } : { skill: tag.trim() };
}

/** An amount as it stands in its field. */
const written = (minor: number | null = null, currency: string | null = null): string =>
  minor === null || currency === null ? '' : String(majorOf({ minor, currency }));

function ServiceForm({
  type,
  may,
  onClose,
}: {
  type: ServiceType | null;
  may: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('setup');
  const [form, setForm] = useState({
    name: type?.name ?? '',
    code: type?.code ?? '',
    minutes: (type?.durationSeconds ?? 3_600) / 60,
    price: written(type?.priceMinor, type?.priceCurrency),
    pay: written(type?.payMinor, type?.payCurrency),
    currency: type?.priceCurrency ?? type?.payCurrency ?? 'CNY',
    skills: (type?.skills ?? []).map(skillTag),
    equipment: type?.equipment ?? [],
    proofRequired: type?.proofRequired ?? [],
    checklist: (type?.checklist ?? []).map((item, key) => ({
      key,
      text: item.text,
      required: item.required ?? false,
    })),
    priority: type?.priority ?? 0,
    active: type?.active ?? true,
  });
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const { leave } = useUnsaved(form);
  const { save, busy, fields, error } = useSave(
    () => {
      const { minutes, price: amount, pay, currency, skills, checklist, ...rest } = form;
      const code = currency.trim().toUpperCase();
      const body = {
        ...rest,
        name: form.name.trim(),
        code: form.code.trim(),
        durationSeconds: Math.round(minutes * 60),
        priceMinor: amount === '' ? null : moneyOf(Number(amount), code).minor,
        priceCurrency: amount === '' ? null : code,
        payMinor: pay === '' ? null : moneyOf(Number(pay), code).minor,
        payCurrency: pay === '' ? null : code,
        skills: skills.map(readSkillTag),
        checklist: checklist
          .filter((item) => item.text.trim())
          .map(({ text, required }) => ({ text: text.trim(), required })),
      };
      return type
        ? call<ServiceType>('PATCH', `/service-types/${type.id}`, { body, version: type.version })
        : call<ServiceType>('POST', '/service-types', { body });
    },
    {
      done: (saved) => {
        world.serviceTypes.put(saved);
        onClose();
      },
    },
  );
  const decimals = minorDigits(form.currency.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(undefined as never);
  };
  return (
    <Drawer
      opened
      onClose={() => leave(onClose)}
      position="right"
      size={460}
      title={type?.name ?? t('services.add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <fieldset disabled={!may} style={{ border: 0, padding: 0, margin: 0 }}>
          <Stack>
            <FormError error={error} />
            <TextInput
              label={t('name')}
              required
              data-autofocus
              maxLength={200}
              value={form.name}
              onChange={(e) => set({ name: e.currentTarget.value })}
              error={fields.name}
            />
            <TextInput
              label={t('services.code')}
              description={t('services.codeHint')}
              required
              maxLength={120}
              value={form.code}
              onChange={(e) => set({ code: e.currentTarget.value })}
              error={fields.code}
            />
            <Group grow>
              <NumberInput
                label={t('services.minutes')}
                min={1}
                max={20_160}
                value={form.minutes}
                onChange={(v) => set({ minutes: Number(v) || 1 })}
                error={fields.durationSeconds}
              />
              <NumberInput
                label={t('services.priority')}
                min={0}
                max={100}
                value={form.priority}
                onChange={(v) => set({ priority: Number(v) || 0 })}
                error={fields.priority}
              />
            </Group>
            <Group grow>
              <NumberInput
                label={t('services.price')}
                min={0}
                decimalScale={decimals}
                value={form.price}
                onChange={(v) => set({ price: String(v) })}
                error={fields.priceMinor}
              />
              <NumberInput
                label={t('services.pay')}
                min={0}
                decimalScale={decimals}
                value={form.pay}
                onChange={(v) => set({ pay: String(v) })}
                error={fields.payMinor}
              />
              <TextInput
                label={t('services.currency')}
                maxLength={3}
                value={form.currency}
                onChange={(e) => set({ currency: e.currentTarget.value })}
                error={fields.priceCurrency ?? fields.payCurrency}
              />
            </Group>
            <TagsInput
              label={t('services.skills')}
              description={t('services.skillsHint')}
              value={form.skills}
              onChange={(skills) => set({ skills })}
              error={fields.skills}
            />
            <TagsInput
              label={t('workers.equipment')}
              value={form.equipment}
              onChange={(equipment) => set({ equipment })}
              error={fields.equipment}
            />
            <Checkbox.Group
              label={t('services.proof')}
              value={form.proofRequired}
              onChange={(proof) => set({ proofRequired: proof as typeof form.proofRequired })}
            >
              <Group mt="xs">
                {PROOFS.map((kind) => (
                  <Checkbox key={kind} value={kind} label={t(`proof.${kind}`)} />
                ))}
              </Group>
            </Checkbox.Group>
            <div>
              <Text size="sm" fw={500}>
                {t('services.checklist')}
              </Text>
              <Stack gap="xs" mt={4}>
                {form.checklist.map((item) => (
                  <Group key={item.key} gap="xs" wrap="nowrap">
                    <TextInput
                      flex={1}
                      aria-label={t('services.step')}
                      maxLength={300}
                      value={item.text}
                      onChange={(e) => {
                        const text = e.currentTarget.value;
                        set({
                          checklist: form.checklist.map((one) =>
                            one.key === item.key ? { ...one, text } : one,
                          ),
                        });
                      }}
                    />
                    <Checkbox
                      label={t('services.required')}
                      checked={item.required}
                      onChange={(e) => {
                        const required = e.currentTarget.checked;
                        set({
                          checklist: form.checklist.map((one) =>
                            one.key === item.key ? { ...one, required } : one,
                          ),
                        });
                      }}
                    />
                    <ActionIcon
                      variant="subtle"
                      color="red"
                      aria-label={t('services.removeStep')}
                      onClick={() => set({ checklist: form.checklist.filter((one) => one.key !== item.key) })}
                    >
                      <IconTrash size={17} />
                    </ActionIcon>
                  </Group>
                ))}
                <Button
                  variant="default"
                  size="xs"
                  onClick={() =>
                    set({
                      checklist: [
                        ...form.checklist,
                        {
                          key: Math.max(-1, ...form.checklist.map((c) => c.key)) + 1,
                          text: '',
                          required: false,
                        },
                      ],
                    })
                  }
                >
                  {t('services.addStep')}
                </Button>
              </Stack>
            </div>
            <Switch
              label={t('services.active')}
              checked={form.active}
              onChange={(e) => set({ active: e.currentTarget.checked })}
            />
            {may && (
              <Group justify="flex-end">
                <Button variant="default" onClick={() => leave(onClose)}>
                  {t('common:cancel')}
                </Button>
                <Button type="submit" loading={busy}>
                  {t('common:save')}
                </Button>
              </Group>
            )}
          </Stack>
        </fieldset>
      </form>
    </Drawer>
  );
}
