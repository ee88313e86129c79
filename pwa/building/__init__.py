"""The parts of `pwa.build`."""
