import { Alert, Button, FileButton, Group, Text, Textarea } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberText } from '../../ui/format';
import classes from '../setup.module.css';
import { textOf } from './text-of';

/** A text field that holds more than this makes the page slow. */
const MAX_SHOWN_CHARACTERS = 100_000;

interface Given {
  accept: string;
  text: string;
  onText: (text: string) => void;
}

/** A file that is chosen, or its text that is pasted. A large one is named instead of shown. */
export function ChosenFile({ accept, text, onText }: Given) {
  const { t } = useTranslation('setup');
  const [name, setName] = useState('');
  const [unreadable, setUnreadable] = useState(false);
  const choose = async (file: File) => {
    const read = await textOf(file);
    setUnreadable(read === null);
    setName(file.name);
    onText(read ?? '');
  };
  const large = text.length > MAX_SHOWN_CHARACTERS;
  return (
    <>
      <Group>
        <FileButton accept={accept} onChange={(file) => file && void choose(file)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileImport size={17} />}>
              {t('import.choose')}
            </Button>
          )}
        </FileButton>
        {large && (
          <>
            <Text size="sm">
              {t('import.large', {
                name: name || t('import.pasted'),
                size: numberText(text.length / 1e6, {
                  style: 'unit',
                  unit: 'megabyte',
                  maximumFractionDigits: 1,
                }),
              })}
            </Text>
            <Button variant="subtle" size="xs" onClick={() => onText('')}>
              {t('import.remove')}
            </Button>
          </>
        )}
      </Group>
      {!large && (
        <Textarea
          label={t('import.paste')}
          autosize
          minRows={4}
          maxRows={10}
          value={text}
          onChange={(e) => onText(e.currentTarget.value)}
          classNames={{ input: classes.given }}
        />
      )}
      {unreadable && text === '' && (
        <Alert color="red" variant="light" role="alert" title={t('import.notUtf8')} />
      )}
    </>
  );
}
