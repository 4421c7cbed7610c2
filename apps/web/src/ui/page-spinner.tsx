import { Center, Loader } from '@mantine/core';

export function PageSpinner({ label }: { label?: string }) {
  return (
    <Center mih="40dvh" role="status" aria-label={label ?? 'Doorstep'}>
      <Loader type="dots" />
    </Center>
  );
}
