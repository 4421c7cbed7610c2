import { ServiceType } from './service-type.entity.js';

export { serviceTypeChanged, serviceTypeCreated } from './booking.facts.js';
export { BookingModule } from './booking.module.js';
export { Booking } from './booking.service.js';
export { PROOF_KINDS, ServiceType } from './service-type.entity.js';
export { ServiceTypeEditor } from './service-type-editor.service.js';

export const bookingEntities = [ServiceType];
