/** Lets a page open what the frame holds: the palette, the alerts, the form for a new job. */
export const panelController: { open: (door: 'alerts' | 'palette' | 'shortcuts' | 'create' | null) => void } =
  {
    open: () => undefined,
  };
