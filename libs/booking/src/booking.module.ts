import { Module } from '@nestjs/common';
import { WorkforceModule } from '#workforce';
import { Booking } from './booking.service.js';
import { ServiceTypeEditor } from './service-type-editor.service.js';
import { ServiceTypesController } from './service-types.controller.js';

@Module({
  imports: [WorkforceModule],
  controllers: [ServiceTypesController],
  providers: [Booking, ServiceTypeEditor],
  exports: [Booking, ServiceTypeEditor],
})
export class BookingModule {}
