"""A worker process that ends in good order on SIGTERM, with the jobs of the tests."""

import signal

import django

if __name__ == "__main__":
    django.setup()
    from yui.kernel.tasks.tests.installation import JOBS
    from yui.kernel.tasks.worker import JobWorker, Pace

    exec(JOBS)
    worker = JobWorker(Pace(interval=0.1))
    signal.signal(signal.SIGTERM, lambda number, frame: worker.stop())
    worker.run()
