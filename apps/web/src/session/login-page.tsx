import { Alert, Button, Center, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { Problem } from '../api/problem';
import type { Me } from '../api/types';
import { ChooseLanguage } from '../ui/choose-language';
import { PasswordField } from '../ui/password-field';
import { homeOf } from './home';
import { session } from './session';
import { useSession } from './use-session';

/** Only a path of our own: never `//elsewhere`. */
const inside = (next: string | null) => (next && /^\/(?![/\\])/.test(next) ? next : null);

export default function LoginPage() {
  const { t } = useTranslation('common');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const { state, me } = useSession();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);

  const goal = (person: Me) => inside(search.get('next')) ?? homeOf(person);
  // Whoever signs in here is led on below, once: a second way to the same page would stop the first one half-way.
  if (state === 'signed_in' && !busy) return <Navigate to={goal(me)} replace />;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    setProblem(null);
    try {
      const entered = await session.signIn(email, password);
      navigate(goal(entered), { replace: true });
    } catch (error) {
      const status = error instanceof Problem ? error.status : 0;
      setProblem(
        status === 401 || status === 422
          ? t('login.wrong')
          : status === 429
            ? t('login.tooMany')
            : t('login.unreachable'),
      );
      sending.current = false;
      setBusy(false);
    }
  };

  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={400}>
        <form onSubmit={submit}>
          <Stack>
            <div>
              <Title order={1} size="h2">
                Doorstep
              </Title>
              <Text c="dimmed">{t('login.lead')}</Text>
            </div>
            {problem && (
              <Alert color="red" variant="light" role="alert">
                {problem}
              </Alert>
            )}
            <TextInput
              label={t('login.email')}
              type="email"
              autoComplete="username"
              required
              size="md"
              value={email}
              onChange={(e) => setEmail(e.currentTarget.value)}
            />
            <PasswordField
              label={t('login.password')}
              autoComplete="current-password"
              required
              size="md"
              value={password}
              onChange={(e) => setPassword(e.currentTarget.value)}
            />
            <Button type="submit" loading={busy} size="md">
              {t('login.submit')}
            </Button>
            <ChooseLanguage />
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
