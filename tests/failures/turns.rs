//! The turns of a step: which run goes next, at what time, and which one dies.

use crate::failures::drive::Watch;
use crate::failures::instance::Instance;
use crate::failures::random::Random;
use crate::failures::record::Record;
use crate::failures::schedule::{Crash, Stall};
use crate::failures::story::StoryEvent;
use std::collections::BTreeMap;

/// The runs of one step.
pub(crate) struct Turns<'a> {
    pub(crate) record: Record,
    pub(crate) random: &'a mut Random,
    pub(crate) stall: Option<Stall>,
    /// When the runs' processes die; counts down.
    pub(crate) deaths: BTreeMap<usize, Crash>,
    pub(crate) clocks: Vec<Instance>,
}

impl Watch for Turns<'_> {
    fn random(&mut self) -> &mut Random {
        self.random
    }

    fn turn(&mut self, run: usize, turns: u32) {
        let mut record = self.record.lock();
        if let Some(stall) = self.stall.filter(|stall| stall.at == turns) {
            record.now += stall.seconds;
            record.stalled |= stall.seconds > 50;
            record.may_park |= record.stalled;
            record.write_down(StoryEvent::Step(format!("the clock jumps by {} s", stall.seconds)));
        }
        record.turn(run);
        let now = record.now;
        drop(record);
        self.clocks.iter().for_each(|instance| instance.pin(now));
    }

    fn dies(&mut self, run: usize) -> bool {
        let Some(crash) = self.deaths.get_mut(&run) else { return false };
        if crash.after_mail && !self.record.lock().has_mailed() {
            return false;
        }
        crash.at -= 1;
        crash.at == 0
    }

    fn over(&mut self, run: usize, crashed: bool) {
        let mut record = self.record.lock();
        record.turn(run);
        record.end(crashed, if crashed { "dies".to_owned() } else { "ends".to_owned() });
    }
}
