//! One lane's ears: what is done with its samples in both drivers, before the transcriber.

use cueline_audio::Block;
use cueline_events::Lane;
use cueline_speech::{EchoGate, Heard, Listener};

/// Hears one lane. The agent's ears also hear the customer, to know the loudspeaker's echo in the microphone.
pub(crate) struct Ears {
    listener: Listener,
    gate: Option<EchoGate>,
}

impl Ears {
    pub(crate) fn new(lane: Lane) -> Self {
        // The customer's lane is taken before any loudspeaker, so nothing of the agent's can leak into it there.
        let gate = (lane == Lane::Agent).then(EchoGate::new);
        Self { listener: Listener::new(lane), gate }
    }

    /// Takes a block of the other lane, where it matters to this one.
    pub(crate) fn hear_other(&mut self, block: &Block) {
        if let Some(gate) = &mut self.gate {
            gate.hear_far(block.start, &block.samples);
        }
    }

    /// Takes the lane's next block.
    pub(crate) fn hear(&mut self, block: &Block) -> Vec<Heard> {
        let Self { listener, gate } = self;
        let Some(gate) = gate else { return listener.push(block.start, &block.samples) };
        let mut heard = Vec::new();
        gate.push(block.start, &block.samples, |start, samples| heard.extend(listener.push(start, samples)));
        heard
    }

    /// See [`Listener::settle`].
    pub(crate) fn settle(&mut self, speech: u32, voice_end: u64) -> Vec<Heard> {
        self.listener.settle(speech, voice_end)
    }

    /// See [`Listener::settled`].
    pub(crate) fn settled(&self) -> u64 {
        self.listener.settled()
    }

    /// The lane is over: what was being said is finished.
    pub(crate) fn finish(&mut self) -> Vec<Heard> {
        let Self { listener, gate } = self;
        let mut heard = Vec::new();
        if let Some(gate) = gate {
            gate.finish(|start, samples| heard.extend(listener.push(start, samples)));
        }
        heard.extend(listener.finish());
        heard
    }
}
