//! Where answers are judged: a few threads of their own, behind those that serve pages.
//!
//! To judge an answer in words can take a good part of a second. So it waits here for its turn, at a lower priority
//! than pages have. An answer that would wait for too long is turned away with a sentence, and one whose learner
//! has gone is not judged.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::timeout;

use super::fault::Fault;
use crate::budget::Reason;
use crate::questions::{Answer, AnswerError, Question, Verdict};
use crate::store::LearnerId;

/// How many answers wait at most, of all learners.
const WAITING: usize = 64;
/// How many of one learner's wait for their turn; they are judged one after the other.
const OWN: usize = 32;
/// How long one waits for its verdict.
const WITHIN: Duration = Duration::from_secs(10);
/// How much lower the threads' priority is, as `nice` counts it.
const NICE: i32 = 10;

/// The threads, by what they are handed; they end with it.
pub(crate) struct Judges {
    jobs: SyncSender<Job>,
    waiting: Waiting,
}

type Waiting = Arc<Mutex<HashMap<LearnerId, Own>>>;

/// What one learner has sent.
struct Own {
    /// How many answers.
    waiting: usize,
    /// Whose turn it is among them.
    turn: Arc<Semaphore>,
}

/// An answer, given back, and what came of it.
type Judged = (Answer, Result<Verdict, AnswerError>);

struct Job {
    question: Arc<Question>,
    answer: Answer,
    reply: oneshot::Sender<Judged>,
    /// Until it is judged, even where its learner has gone meanwhile.
    _turn: OwnedSemaphorePermit,
}

/// A learner's place among those who wait, until it is dropped.
struct Place {
    learner: LearnerId,
    waiting: Waiting,
    turn: Arc<Semaphore>,
}

impl Judges {
    /// Starts the threads: one for every two cores.
    pub(crate) fn start() -> std::io::Result<Self> {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let (jobs, queue) = sync_channel(WAITING);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..cores.div_ceil(2) {
            let queue = Arc::clone(&queue);
            thread::Builder::new()
                .name("judge".to_owned())
                .spawn(move || work_off(&queue))?;
        }
        Ok(Self {
            jobs,
            waiting: Waiting::default(),
        })
    }

    /// The verdict on a learner's answer.
    pub(crate) async fn judge(
        &self,
        learner: LearnerId,
        question: Arc<Question>,
        answer: Answer,
    ) -> Result<Judged, Fault> {
        let place = self.place(learner)?;
        let judged = timeout(WITHIN, self.in_turn(&place, question, answer)).await;
        judged.unwrap_or_else(|_| Err(busy()))
    }

    async fn in_turn(
        &self,
        place: &Place,
        question: Arc<Question>,
        answer: Answer,
    ) -> Result<Judged, Fault> {
        let turn = Arc::clone(&place.turn).acquire_owned().await;
        let (reply, judged) = oneshot::channel();
        let job = Job {
            question,
            answer,
            reply,
            _turn: turn.map_err(Fault::internal)?,
        };
        match self.jobs.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(busy()),
            Err(TrySendError::Disconnected(_)) => return Err(Fault::internal("no judge lives")),
        }
        let judged = judged.await;
        judged.map_err(|_| Fault::internal("a judge panicked"))
    }

    fn place(&self, learner: LearnerId) -> Result<Place, Fault> {
        let mut waiting = self.waiting.lock();
        let own = waiting.entry(learner).or_insert_with(|| Own {
            waiting: 0,
            turn: Arc::new(Semaphore::new(1)),
        });
        if own.waiting >= OWN {
            let sentence =
                "Your other answers are still being judged: send this one when they are.";
            return Err(Fault::Refused(Some(Reason::Judges), sentence.to_owned()));
        }
        own.waiting += 1;
        Ok(Place {
            learner,
            waiting: Arc::clone(&self.waiting),
            turn: Arc::clone(&own.turn),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.waiting.lock();
        if let Some(own) = waiting.get_mut(&self.learner) {
            own.waiting -= 1;
            if own.waiting == 0 {
                waiting.remove(&self.learner);
            }
        }
    }
}

fn busy() -> Fault {
    let sentence =
        "Many answers are being judged just now, so yours was not: send it again in a moment.";
    Fault::Refused(Some(Reason::Judges), sentence.to_owned())
}

/// Judges until the program ends.
fn work_off(queue: &Mutex<Receiver<Job>>) {
    // For Linux this is the thread's. Where it is refused, judges and pages are equals.
    let _ = rustix::process::nice(NICE);
    loop {
        let job = queue.lock().recv();
        let Ok(job) = job else {
            return;
        };
        if job.reply.is_closed() {
            continue;
        }
        let Job {
            question,
            answer,
            reply,
            _turn,
        } = job;
        // A judge's own fault is one learner's; the thread lives on.
        let judge = std::panic::AssertUnwindSafe(|| question.judge(&answer));
        if let Ok(verdict) = std::panic::catch_unwind(judge) {
            let _ = reply.send((answer, verdict));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::{Lexicon, Outcome, parse};

    const ADA: LearnerId = LearnerId::of_test(1);
    const BOB: LearnerId = LearnerId::of_test(2);

    fn question() -> Arc<Question> {
        let source = "How many?\n(x) Two.\n( ) Three.\n";
        let parsed = parse(&Lexicon::default(), "q", source, 1, &mut |text, _| {
            text.to_owned()
        });
        Arc::new(parsed.expect("a question"))
    }

    /// Judges who do not judge, so that what is sent waits.
    fn asleep() -> (Judges, Receiver<Job>) {
        let (jobs, queue) = sync_channel(WAITING);
        let waiting = Waiting::default();
        (Judges { jobs, waiting }, queue)
    }

    fn send(judges: &Arc<Judges>, learner: LearnerId) -> tokio::task::JoinHandle<()> {
        let judges = Arc::clone(judges);
        tokio::spawn(async move {
            let _ = judges
                .judge(learner, question(), Answer::new("choices", vec![0]))
                .await;
        })
    }

    #[tokio::test]
    async fn an_answer_gets_its_verdict() {
        let judges = Judges::start().expect("threads");
        let answer = Answer::new("choices", vec![0]);
        let (_, verdict) = judges
            .judge(ADA, question(), answer)
            .await
            .expect("a verdict");
        assert_eq!(verdict.expect("it reads").outcome, Outcome::Correct);
        assert!(judges.waiting.lock().is_empty());
    }

    #[tokio::test]
    async fn one_learners_answers_are_judged_one_after_the_other() {
        let (judges, queue) = asleep();
        let judges = Arc::new(judges);
        let _waiting: Vec<_> = (0..OWN).map(|_| send(&judges, ADA)).collect();
        tokio::task::yield_now().await;
        let answer = Answer::new("choices", vec![0]);
        let more = judges.judge(ADA, question(), answer).await;
        assert!(matches!(more, Err(Fault::Refused(..))));
        let _bobs = send(&judges, BOB);
        tokio::task::yield_now().await;
        let first: Vec<_> = queue.try_iter().collect();
        assert_eq!(first.len(), 2, "one of each");
        drop(first);
        while judges
            .waiting
            .lock()
            .get(&ADA)
            .is_some_and(|own| own.waiting == OWN)
        {
            tokio::task::yield_now().await;
        }
        tokio::task::yield_now().await;
        assert_eq!(queue.try_iter().count(), 1, "then her next one");
    }

    /// Long and misspelt, so that much is compared.
    fn essay(number: i64) -> Answer {
        let text = format!("A brouwser {number} opens the conection and boht sides may send. ");
        Answer::new("text", text.repeat(3))
    }

    fn asked_for_words() -> Arc<Question> {
        let page = include_str!("../../lessons/04-advanced-patterns/18-websocket-or-sse/index.md");
        let (_, block) = page
            .split_once("```question ws-vs-sse\n")
            .expect("the lesson asks it");
        let (block, _) = block.split_once("\n```").expect("its end");
        let words = Lexicon::read(include_str!("../../lessons/course.words")).expect("words");
        let parsed = parse(&words, "w", block, 1, &mut |text, _| text.to_owned());
        Arc::new(parsed.expect("a question"))
    }

    /// The processor time of this thread.
    fn used() -> Duration {
        let mut time = libc::timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        // SAFETY: the call only writes to the variable given, which lives here.
        let read = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
        assert_eq!(read, 0);
        Duration::new(
            time.tv_sec.cast_unsigned(),
            u32::try_from(time.tv_nsec).expect("below a second"),
        )
    }

    #[tokio::test]
    async fn pages_are_served_while_two_hundred_answers_in_words_are_judged() {
        let question = asked_for_words();
        let begun = used();
        question.judge(&essay(0)).expect("it is judged");
        let one = used().saturating_sub(begun);
        let judges = Arc::new(Judges::start().expect("threads"));
        let judge = |number| {
            let (judges, question) = (Arc::clone(&judges), Arc::clone(&question));
            tokio::spawn(async move {
                let learner = LearnerId::of_test(number);
                let _ = judges.judge(learner, question, essay(number)).await;
            })
        };
        let answers: Vec<_> = (1..=200).map(judge).collect();
        // This one thread is where pages would be served.
        let begun = used();
        while !answers.iter().all(tokio::task::JoinHandle::is_finished) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let here = used().saturating_sub(begun);
        // What found no place was told to come again; now there is one.
        while judges
            .judge(BOB, Arc::clone(&question), essay(0))
            .await
            .is_err()
        {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let bound = one * 10 + Duration::from_millis(100);
        assert!(here < bound, "{here:?}, and one answer takes {one:?}");
    }
}
