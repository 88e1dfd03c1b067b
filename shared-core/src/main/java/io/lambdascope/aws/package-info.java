/// The stores and functions of an AWS account, behind the ports of `store` and `exec`. The only importer of the AWS
/// SDK.
@NullMarked
package io.lambdascope.aws;

import org.jspecify.annotations.NullMarked;
