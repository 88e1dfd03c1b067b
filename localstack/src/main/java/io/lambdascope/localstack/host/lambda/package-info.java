/// What AWS Lambda does, for the functions of one machine: processes, the Runtime API that they poll, the Invoke API
/// that calls them, limits of memory, time, payload and concurrency.
package io.lambdascope.localstack.host.lambda;
