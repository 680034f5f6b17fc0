/**
 * IAM's actions for a call, where they are not the call's own name: what the Service Authorization
 * Reference says of the API operations of each service.
 */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'bedrockruntime:converse': ['bedrock:InvokeModel'],
  'bedrockruntime:converseStream': ['bedrock:InvokeModelWithResponseStream'],
  'dynamodb:executeStatement': [],
  'dynamodb:executeTransaction': [],
  'dynamodb:batchExecuteStatement': [],
  'dynamodb:transactGetItems': ['dynamodb:GetItem'],
  'dynamodb:transactWriteItems': [],
  'lambda:invoke': ['lambda:InvokeFunction'],
  's3:completeMultipartUpload': ['s3:PutObject'],
  's3:copyObject': ['s3:GetObject', 's3:PutObject'],
  's3:createMultipartUpload': ['s3:PutObject'],
  's3:deleteObjects': ['s3:DeleteObject'],
  's3:getBucketEncryption': ['s3:GetEncryptionConfiguration'],
  's3:getBucketLifecycleConfiguration': ['s3:GetLifecycleConfiguration'],
  's3:getBucketReplication': ['s3:GetReplicationConfiguration'],
  's3:getPublicAccessBlock': ['s3:GetBucketPublicAccessBlock'],
  's3:headBucket': ['s3:ListBucket'],
  's3:headObject': ['s3:GetObject'],
  's3:listBuckets': ['s3:ListAllMyBuckets'],
  's3:listMultipartUploads': ['s3:ListBucketMultipartUploads'],
  's3:listObjectVersions': ['s3:ListBucketVersions'],
  's3:listObjects': ['s3:ListBucket'],
  's3:listObjectsV2': ['s3:ListBucket'],
  's3:listParts': ['s3:ListMultipartUploadParts'],
  's3:putPublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  's3:uploadPart': ['s3:PutObject'],
  's3:uploadPartCopy': ['s3:GetObject', 's3:PutObject'],
  'sns:publishBatch': ['sns:Publish'],
  'sqs:changeMessageVisibilityBatch': ['sqs:ChangeMessageVisibility'],
  'sqs:deleteMessageBatch': ['sqs:DeleteMessage'],
  'sqs:sendMessageBatch': ['sqs:SendMessage'],
};

/** Undefined for a regular name, `[]` where the arguments decide which actions it needs. */
export function irregularActions(service: string, action: string): readonly string[] | undefined {
  return ACTIONS[`${service}:${action}`];
}

export const IRREGULAR_ACTIONS: readonly string[] = Object.values(ACTIONS).flat();
