import { createContext, useContext } from 'react';

export type Panel = 'alerts' | 'palette' | 'shortcuts' | 'create';

export const PanelContext = createContext<(panel: Panel | null) => void>(() => undefined);

/** Lets a page open what the frame holds: the alerts, the palette, the form for a new job. */
export const useOpenPanel = () => useContext(PanelContext);
